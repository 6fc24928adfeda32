import { Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';

const watchers = new Set<() => void>();
let clock: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

/** One clock for all rows; it stands still while nobody looks at it. */
function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  clock ??= setInterval(() => {
    now = Date.now();
    for (const each of watchers) each();
  }, 1_000);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(clock);
    clock = undefined;
  };
}

const DAY_MS = 86_400_000;

/** `0:42`, `1:02:03`. */
function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3_600)];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long a customer has waited for an agent, counting up. */
export function WaitingTime({ contact }: { contact: ContactDto }) {
  const { t } = useTranslation('desk');
  useSyncExternalStore(watch, () => now);
  const ms = Date.now() - Date.parse(contact.reopenedAt ?? contact.createdAt);
  const time = ms < DAY_MS ? clockTime(ms) : t('row.days', { count: Math.floor(ms / DAY_MS) });
  return (
    <Text size="xs" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }} title={t('row.waitsFor', { time })}>
      {time}
    </Text>
  );
}
