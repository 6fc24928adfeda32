import { queryOptions } from '@tanstack/react-query';
import { readAllPages } from './all-pages.ts';
import { entryPointsList } from './generated/sdk.gen.ts';
import type { Operation } from './query-client.ts';

/** Every entry point of the account, newest first: the board filters and counts them as a whole. */
export const allEntryPointsOptions = queryOptions({
  queryKey: [{ _id: 'entryPointsList' satisfies Operation, whole: true }],
  queryFn: ({ signal }) => readAllPages((query) => entryPointsList({ query, signal, throwOnError: true })),
});
