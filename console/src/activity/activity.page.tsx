import { Button, Stack } from '@mantine/core';
import { IconActivity, IconRefresh } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { inboundSmsListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { refresh } from '../api/query-client.ts';
import { useLiveEvent } from '../live/live-events.ts';
import { EmptyState } from '../ui/list-states.tsx';
import { ScreenButton } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';
import { BY_CURSOR, PagedList } from '../ui/paged-list.tsx';
import { ActivityFilters } from './activity-filters.tsx';
import { ActivityRow } from './activity-row.tsx';
import { filtersOf, queryOf } from './filters.ts';
import { RefusedRequests } from './refused-requests.tsx';

/** Soon, while an SMS of the list waits for its verdict. */
const WAITING_MS = 2_000;

const readAnew = (): void => refresh(['inboundSmsList']);

/** Everything that Twilio delivered, and what became of it. */
export function ActivityPage() {
  const { t } = useTranslation('activity');
  const filters = filtersOf(useSearch({ strict: false }));
  const isFiltered = Object.keys(filters).length > 0;
  const journal = useInfiniteQuery({
    ...inboundSmsListInfiniteOptions({ query: queryOf(filters) }),
    ...BY_CURSOR,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some(({ verdict }) => verdict === null)) ? WAITING_MS : false,
  });
  useLiveEvent(readAnew);
  return (
    <Page
      title={t('title')}
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={journal.isRefetching}
          onClick={() => void journal.refetch()}
        >
          {t('refresh')}
        </Button>
      }
    >
      <Stack>
        <RefusedRequests />
        <ActivityFilters filters={filters} />
        <PagedList
          query={journal}
          empty={
            isFiltered ? (
              <EmptyState
                icon={<IconActivity aria-hidden />}
                title={t('noneFound')}
                action={<ScreenButton to="/activity">{t('filters.clear')}</ScreenButton>}
              />
            ) : (
              <EmptyState
                icon={<IconActivity aria-hidden />}
                title={t('empty')}
                text={t('emptyText')}
                action={<ScreenButton to="/welcome">{t('firstSteps')}</ScreenButton>}
              />
            )
          }
        >
          {(rows) => (
            <Stack gap="xs" role="list" aria-label={t('title')}>
              {rows.map((sms) => (
                <ActivityRow key={sms.id} sms={sms} />
              ))}
            </Stack>
          )}
        </PagedList>
      </Stack>
    </Page>
  );
}
