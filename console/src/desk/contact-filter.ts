import type { ContactsListData } from '../api/generated/types.gen.ts';

export const TABS = ['new', 'mine', 'all'] as const;
export type Tab = (typeof TABS)[number];

/** Which contacts the desk lists; all of it is in the URL. */
export interface ContactFilter {
  tab: Tab;
  /** Words of a message. */
  q?: string;
  entryPointId?: string;
  /** The whole number. */
  customer?: string;
  order?: 'oldest';
}

export type ContactQuery = NonNullable<ContactsListData['query']>;

export const filterOf = (search: Record<string, string | undefined>): ContactFilter => ({
  tab: TABS.find((tab) => tab === search['tab']) ?? 'new',
  q: search['q'],
  entryPointId: search['entryPointId'],
  customer: search['customer'],
  order: search['order'] === 'oldest' ? 'oldest' : undefined,
});

/** What to ask the service for. */
export const toQuery = ({ tab, q, entryPointId, customer, order }: ContactFilter, agentId: string): ContactQuery => ({
  ...(tab === 'new' && { state: 'waiting' as const }),
  ...(tab === 'mine' && { state: 'active' as const, agentId }),
  ...(q && { q }),
  ...(entryPointId && { entryPointId }),
  ...(customer && { customer }),
  ...(order && { order }),
});
