import { queryOptions } from '@tanstack/react-query';
import { readAllPages } from '../api/all-pages.ts';
import { cannedRepliesList } from '../api/generated/sdk.gen.ts';

/** Every canned reply of the account, by shortcut. */
export const allCannedRepliesOptions = queryOptions({
  queryKey: [{ _id: 'cannedRepliesList', whole: true }],
  queryFn: ({ signal }) => readAllPages((query) => cannedRepliesList({ query, signal, throwOnError: true })),
});
