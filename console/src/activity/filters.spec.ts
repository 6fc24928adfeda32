import { expect, test } from '@jest/globals';
import { type Filters, filtersOf, queryOf } from './filters.ts';

test.each<[search: Record<string, string | undefined>, filters: Filters]>([
  [{}, {}],
  [
    { verdict: 'accepted', customer: '+15005550001' },
    { verdict: 'accepted', customer: '+15005550001' },
  ],
  // Of the phone beside the screen, and what no filter has.
  [{ phone: 'beside', to: '+1', verdict: 'blocked', accountId: 'another' }, { verdict: 'blocked' }],
  [{ verdict: undefined, discarded: 'false' }, { discarded: 'false' }],
])('The filters of the address %j', (search, filters) => {
  expect(filtersOf(search)).toStrictEqual(filters);
});

test.each<[filters: Filters, query: ReturnType<typeof queryOf>]>([
  [{}, {}],
  [{ verdict: 'accepted' }, { verdict: 'accepted' }],
  [
    { verdict: 'dead_letter', discarded: 'false' },
    { verdict: 'dead_letter', discarded: false },
  ],
  [{ discarded: 'true' }, { discarded: true }],
  // Whatever else somebody writes into the address.
  [{ discarded: 'yes' }, { discarded: false }],
  [{ discarded: undefined }, {}],
])('What the service is asked for: %j', (filters, query) => {
  expect(queryOf(filters)).toStrictEqual(query);
});
