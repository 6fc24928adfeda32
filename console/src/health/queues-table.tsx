import { Box, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { QueueCountsDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';

const COUNTS = ['waiting', 'active', 'delayed', 'failed'] as const;

/** The queues of the service as a whole. */
export function QueuesTable({ queues }: { queues: QueueCountsDto[] }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  if (queues.length === 0) return <Text size="sm">{t('queues.silent')}</Text>;
  return (
    <Box style={{ overflowX: 'auto' }} role="region" aria-label={t('queues.title')} tabIndex={0}>
      <Table withTableBorder miw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('queues.queue')}</Table.Th>
            {COUNTS.map((count) => (
              <Table.Th key={count} ta="end">
                {t(`queues.${count}`)}
              </Table.Th>
            ))}
            <Table.Th ta="end">{t('queues.oldest')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {queues.map((queue) => (
            <Table.Tr key={queue.name}>
              <Table.Th scope="row">{queue.name}</Table.Th>
              {COUNTS.map((count) => (
                <Table.Td key={count} ta="end">
                  {format.number(queue[count])}
                </Table.Td>
              ))}
              <Table.Td ta="end">
                {queue.oldestWaitingSeconds === null ? '–' : format.duration(queue.oldestWaitingSeconds)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
