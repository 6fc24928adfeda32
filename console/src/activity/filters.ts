import type { InboundSmsListData } from '../api/generated/types.gen.ts';

export const FILTERS = [
  'verdict',
  'source',
  'entryPointId',
  'contactId',
  'customer',
  'twilioMessageSid',
  'discarded',
] as const;

/** As the address has them: all text. */
export type Filters = Partial<Record<(typeof FILTERS)[number], string | undefined>>;

export const filtersOf = (search: Record<string, string | undefined>): Filters =>
  Object.fromEntries(FILTERS.filter((name) => search[name] !== undefined).map((name) => [name, search[name]]));

/** As the service wants them. */
export const queryOf = ({ discarded, ...filters }: Filters): NonNullable<InboundSmsListData['query']> => ({
  ...(filters as InboundSmsListData['query']),
  ...(discarded !== undefined && { discarded: discarded === 'true' }),
});
