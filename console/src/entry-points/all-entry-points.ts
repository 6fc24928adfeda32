import { queryOptions, useQuery } from '@tanstack/react-query';
import { readAllPages } from '../api/all-pages.ts';
import { entryPointTrafficListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { entryPointsList } from '../api/generated/sdk.gen.ts';
import type { EntryPointTrafficDto } from '../api/generated/types.gen.ts';

/** Every entry point of the account, newest first: the board filters and counts them as a whole. */
export const allEntryPointsOptions = queryOptions({
  queryKey: [{ _id: 'entryPointsList', whole: true }],
  queryFn: ({ signal }) => readAllPages((query) => entryPointsList({ query, signal, throwOnError: true })),
});

/** What came since midnight, on this person's clock, and what waits now; by entry point. */
export function useTrafficToday(): Map<string, EntryPointTrafficDto> | undefined {
  return useQuery({
    ...entryPointTrafficListOptions({ query: { since: startOfToday() } }),
    select: ({ data }) => new Map(data.map((traffic) => [traffic.entryPointId, traffic])),
  }).data;
}

function startOfToday(): string {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  return midnight.toISOString();
}
