import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconShare3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { consumersListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ConsumerDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { CopyText } from '../ui/copy-text.tsx';
import { EmptyState, ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { ConsumerActions } from './consumer-actions.tsx';
import { RegisterConsumer } from './register-consumer.tsx';
import { SectionHead } from '../ui/section-head.tsx';

const AGAIN_MS = 10_000;

/** Other services that receive contact events, each through its own queue. */
export function Consumers() {
  const { t } = useTranslation('settings');
  const [isAdding, { open, close }] = useDisclosure();
  const consumers = useQuery({ ...consumersListOptions(), refetchInterval: AGAIN_MS });
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {t('consumers.add')}
    </Button>
  );
  return (
    <Stack maw={860}>
      <SectionHead text={t('consumers.intro')}>{add}</SectionHead>
      {consumers.isPending && <ListSkeleton rows={2} height={110} />}
      {consumers.isError && !consumers.data && (
        <ErrorState error={consumers.error} onRetry={() => void consumers.refetch()} />
      )}
      {consumers.data?.data.length === 0 && (
        <EmptyState
          icon={<IconShare3 aria-hidden />}
          title={t('consumers.empty')}
          text={t('consumers.emptyText')}
          action={add}
        />
      )}
      <Stack gap="xs" role="list" aria-label={t('tabs.consumers')} hidden={!consumers.data?.data.length}>
        {consumers.data?.data.map((consumer) => (
          <ConsumerRow key={consumer.name} consumer={consumer} />
        ))}
      </Stack>
      <RegisterConsumer opened={isAdding} onClose={close} />
    </Stack>
  );
}

function ConsumerRow({ consumer }: { consumer: ConsumerDto }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  return (
    <Paper withBorder p="sm" role="listitem">
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600}>{consumer.name}</Text>
          <ConsumerActions consumer={consumer} />
        </Group>
        <CopyText text={consumer.queueName} label={t('consumers.queueName')} />
        <Group gap={6}>
          {Object.entries(consumer.counts).map(([state, count]) => (
            <Badge key={state} color={state === 'failed' && count > 0 ? 'red' : 'gray'}>
              {t(`consumers.states.${state}`)}: {format.number(count)}
            </Badge>
          ))}
        </Group>
        <Text size="sm" c="dimmed">
          {t('consumers.published', { count: consumer.publishedCount, number: format.number(consumer.publishedCount) })}
          {consumer.lastPublishedAt && <> · {t('consumers.last', { at: format.dateTime(consumer.lastPublishedAt) })}</>}
          {' · '}
          {t(`consumers.backend.${consumer.backend}`, { prefix: consumer.prefix })}
        </Text>
        {consumer.lastError && (
          <Text size="sm" c="red" style={{ overflowWrap: 'anywhere' }}>
            {t('consumers.lastError', { error: consumer.lastError })}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
