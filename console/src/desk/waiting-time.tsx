import { Badge, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { clockTime } from './clock-time.ts';
import classes from './desk.module.css';

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
/** People who text expect somebody there about as soon as on the phone; after ten minutes many have gone elsewhere. */
const LONG_MS = 2 * 60_000;
const TOO_LONG_MS = 10 * 60_000;

/** How long a customer has waited for an agent, counting up; it says so when that is long. */
export function WaitingTime({ contact }: { contact: ContactDto }) {
  const { t } = useTranslation('desk');
  useSyncExternalStore(watch, () => now);
  const ms = Date.now() - Date.parse(contact.reopenedAt ?? contact.createdAt);
  const time = ms < DAY_MS ? clockTime(ms) : t('row.days', { count: Math.floor(ms / DAY_MS) });
  if (ms < LONG_MS) {
    return (
      <Text size="xs" fw={600} className={classes['time']} title={t('row.waitsFor', { time })}>
        {time}
      </Text>
    );
  }
  const isTooLong = ms >= TOO_LONG_MS;
  const Icon = isTooLong ? IconAlertTriangle : IconClock;
  return (
    <Badge
      size="sm"
      color={isTooLong ? 'red' : 'yellow'}
      className={classes['time']}
      leftSection={<Icon size={12} aria-hidden />}
      title={t(isTooLong ? 'row.waitsTooLong' : 'row.waitsLong', { time })}
    >
      {time}
      <VisuallyHidden> {t(isTooLong ? 'row.tooLong' : 'row.long')}</VisuallyHidden>
    </Badge>
  );
}
