import { Button, Center, Stack } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, ListSkeleton } from './list-states.tsx';

interface Page<Row> {
  data: Row[];
  nextCursor: string | null;
}

/** How every list of the service goes on: `useInfiniteQuery({ ...usersListInfiniteOptions(), ...BY_CURSOR })`. */
export const BY_CURSOR = {
  initialPageParam: {},
  getNextPageParam: ({ nextCursor }: Page<unknown>) => nextCursor ?? undefined,
};

/** A list that comes in pages: while it is read, when that fails, when it is empty, and more of it on demand. */
export function PagedList<Row>({
  query,
  empty,
  children,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Page<Row>>, unknown>;
  empty: ReactNode;
  children: (rows: Row[]) => ReactNode;
}) {
  const { t } = useTranslation('ui');
  if (query.isPending) return <ListSkeleton />;
  if (query.isError && query.data === undefined) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  const rows = query.data.pages.flatMap(({ data }) => data);
  if (rows.length === 0) return empty;
  return (
    <Stack>
      {children(rows)}
      {query.isFetchNextPageError && <ErrorState error={query.error} onRetry={() => void query.fetchNextPage()} />}
      {query.hasNextPage && !query.isFetchNextPageError && (
        <Center>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('loadMore')}
          </Button>
        </Center>
      )}
    </Stack>
  );
}
