import { Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BacklogDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';

/** What waits, and for how long. */
export function Backlog({ backlog }: { backlog: BacklogDto }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const waiting = [
    { name: 'inbound', count: backlog.unprocessed, seconds: backlog.oldestUnprocessedSeconds },
    { name: 'outbound', count: backlog.outboundWaiting, seconds: backlog.oldestOutboundSeconds },
  ];
  return (
    <Group grow preventGrowOverflow={false} align="stretch">
      {waiting.map(({ name, count, seconds }) => (
        <Paper key={name} withBorder p="sm" miw={220}>
          <Text size="sm">{t(`backlog.${name}`)}</Text>
          <Text size="xl" fw={700}>
            {format.number(count)}
          </Text>
          <Text size="sm" c="dimmed">
            {seconds === null ? t('backlog.nothing') : t('backlog.oldest', { wait: format.duration(seconds) })}
          </Text>
        </Paper>
      ))}
    </Group>
  );
}
