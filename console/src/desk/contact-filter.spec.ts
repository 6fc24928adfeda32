import { describe, expect, test } from '@jest/globals';
import { type ContactFilter, type ContactQuery, filterOf, toQuery } from './contact-filter.ts';

describe('The filter of an address', () => {
  test.each<[search: Record<string, string | undefined>, filter: ContactFilter]>([
    [{}, { tab: 'new' }],
    [{ tab: 'mine' }, { tab: 'mine' }],
    [{ tab: 'everything' }, { tab: 'new' }],
    [{ tab: 'MINE' }, { tab: 'new' }],
    [{ order: 'oldest' }, { tab: 'new', order: 'oldest' }],
    [{ order: 'newest' }, { tab: 'new' }],
    [
      { q: 'order 7', customer: '+1', entryPointId: 'e' },
      { tab: 'new', q: 'order 7', customer: '+1', entryPointId: 'e' },
    ],
    // Of the phone beside the desk, not of the desk.
    [{ phone: 'beside', to: '+1', pane: 'details' }, { tab: 'new' }],
  ])('%j', (search, filter) => {
    expect(filterOf(search)).toEqual(filter);
  });
});

describe('What the service is asked for', () => {
  test.each<[filter: ContactFilter, query: ContactQuery]>([
    [{ tab: 'new' }, { state: 'waiting' }],
    [{ tab: 'mine' }, { state: 'active', agentId: 'me' }],
    [{ tab: 'all' }, {}],
    [{ tab: 'all', q: '', customer: '', entryPointId: '' }, {}],
    [{ tab: 'all', q: undefined, order: undefined }, {}],
    [
      { tab: 'new', q: 'late', order: 'oldest' },
      { state: 'waiting', q: 'late', order: 'oldest' },
    ],
    [
      { tab: 'mine', entryPointId: 'e', customer: '+15005550001' },
      { state: 'active', agentId: 'me', entryPointId: 'e', customer: '+15005550001' },
    ],
  ])('%j', (filter, query) => {
    expect(toQuery(filter, 'me')).toStrictEqual(query);
  });
});
