import { queryOptions } from '@tanstack/react-query';
import { readAllPages } from './all-pages.ts';
import { cannedRepliesList } from './generated/sdk.gen.ts';
import type { Operation } from './query-client.ts';

/** Every canned reply of the account, by shortcut. */
export const allCannedRepliesOptions = queryOptions({
  queryKey: [{ _id: 'cannedRepliesList' satisfies Operation, whole: true }],
  queryFn: ({ signal }) => readAllPages((query) => cannedRepliesList({ query, signal, throwOnError: true })),
});
