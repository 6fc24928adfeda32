import { Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';

const TICK_MS = 1_000;

/** How old what is shown is. Nobody is told of each second that passes. */
export function LastCheck({ at }: { at: number }) {
  const { t } = useTranslation('health');
  const { ago } = useFormat();
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), TICK_MS, { autoInvoke: true });
  return (
    <Text size="sm" c="dimmed">
      {t('lastCheck', { ago: ago(new Date(at), Math.max(now, at)) })}
    </Text>
  );
}
