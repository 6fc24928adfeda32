import { queryOptions } from '@tanstack/react-query';
import { readAllPages } from './all-pages.ts';
import { campaignsList } from './generated/sdk.gen.ts';
import type { Operation } from './query-client.ts';

/** Every campaign of the account, newest first: people choose among all of them. */
export const allCampaignsOptions = queryOptions({
  queryKey: [{ _id: 'campaignsList' satisfies Operation, whole: true }],
  queryFn: ({ signal }) => readAllPages((query) => campaignsList({ query, signal, throwOnError: true })),
});
