import { Drawer, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { consumersDeliveriesInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { DeliveryDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { ScreenLink } from '../ui/links.tsx';
import { EmptyState } from '../ui/list-states.tsx';
import { BY_CURSOR, PagedList } from '../ui/paged-list.tsx';

const STATES = ['failed', 'waiting', 'active', 'delayed', 'completed'] as const;

/** What is in a consumer's queue, by state; first what it could not deal with. */
export function ConsumerDeliveries({ name, opened, onClose }: { name: string; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="lg" title={t('consumers.deliveriesOf', { name })}>
      <Deliveries name={name} />
    </Drawer>
  );
}

function Deliveries({ name }: { name: string }) {
  const { t } = useTranslation('settings');
  const [state, setState] = useState<DeliveryDto['state']>('failed');
  const deliveries = useInfiniteQuery({
    ...consumersDeliveriesInfiniteOptions({ path: { name }, query: { state } }),
    ...BY_CURSOR,
    initialPageParam: { path: { name } },
    // A queue moves on by itself.
    staleTime: 0,
  });
  return (
    <Stack>
      <NativeSelect
        label={t('consumers.state')}
        value={state}
        data={STATES.map((value) => ({ value, label: t(`consumers.states.${value}`) }))}
        onChange={(event) => setState(event.currentTarget.value as DeliveryDto['state'])}
      />
      <PagedList query={deliveries} empty={<EmptyState title={t(`consumers.noneIn.${state}`)} />}>
        {(rows) => (
          <Stack gap="xs" role="list" aria-label={t('consumers.deliveries')}>
            {rows.map((delivery) => (
              <DeliveryRow key={delivery.jobId} delivery={delivery} />
            ))}
          </Stack>
        )}
      </PagedList>
    </Stack>
  );
}

function DeliveryRow({ delivery }: { delivery: DeliveryDto }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { event, attempts, failedReason, queuedAt, finishedAt } = delivery;
  return (
    <Paper withBorder p="sm" role="listitem" style={{ overflowWrap: 'anywhere' }}>
      <Text fw={600} size="sm">
        {event.type}
      </Text>
      <Text size="sm">
        <ScreenLink to="/desk/$id" params={{ id: event.subject }}>
          {t('consumers.openContact')}
        </ScreenLink>
      </Text>
      <Text size="sm" c="dimmed">
        {t('consumers.queuedAt', { at: format.dateTime(queuedAt) })}
        {finishedAt && <> · {t('consumers.finishedAt', { at: format.dateTime(finishedAt) })}</>} ·{' '}
        {t('consumers.attempts', { count: attempts })}
      </Text>
      <Text size="sm" c="dimmed">
        {t('consumers.sequence')}: {event.sequence}
      </Text>
      {failedReason && (
        <Text size="sm" c="red">
          {failedReason}
        </Text>
      )}
    </Paper>
  );
}
