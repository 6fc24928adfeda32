import { expect, test } from '@jest/globals';
import { buildEntryPoint } from '../../test/builders.ts';
import { type BoardFilters, filterEntryPoints } from './board-filters.ts';

const ALL = [
  buildEntryPoint({ id: 'front', name: 'Front desk', phoneNumber: '+15005550100' }),
  buildEntryPoint({
    id: 'milan',
    name: 'Milano (2)',
    phoneNumber: '+390212345678',
    language: 'it-IT',
    campaignId: 'italy',
    webhook: { state: 'changed', checkedAt: '2026-09-23T09:00:00Z' },
  }),
  buildEntryPoint({
    id: 'off',
    name: 'Night 555',
    phoneNumber: '+15005550200',
    state: 'disabled',
    webhook: { state: 'not_set', checkedAt: '2026-09-23T09:00:00Z' },
  }),
];

test.each<[filters: BoardFilters, ids: string]>([
  [{}, 'front milan off'],
  [{ q: '' }, 'front milan off'],
  [{ q: '   ' }, 'front milan off'],
  [{ q: 'DESK' }, 'front'],
  [{ q: '  desk ' }, 'front'],
  [{ q: 'desk front' }, ''],
  // Digits, however they are written; also those of a name.
  [{ q: '+1 (500) 555-0100' }, 'front'],
  [{ q: '555' }, 'front off'],
  [{ q: '0212' }, 'milan'],
  [{ q: '(2)' }, 'milan off'],
  [{ q: 'milano (2)' }, 'milan'],
  // No digits at all: it is not a number that every number has.
  [{ q: '+' }, ''],
  [{ q: '-' }, ''],
  [{ campaignId: 'italy' }, 'milan'],
  [{ language: 'it-IT' }, 'milan'],
  [{ language: 'it' }, ''],
  [{ state: 'disabled' }, 'off'],
  [{ webhook: 'set' }, 'front'],
  [{ webhook: 'changed' }, 'milan'],
  [{ webhook: 'not-ok' }, 'milan off'],
  [{ webhook: 'not-ok', state: 'active' }, 'milan'],
  [{ q: '555', webhook: 'set', language: 'en-US', campaignId: 'campaign-1', state: 'active' }, 'front'],
  [{ q: 'night', state: 'active' }, ''],
])('%j', (filters, ids) => {
  expect(
    filterEntryPoints(ALL, filters)
      .map(({ id }) => id)
      .join(' '),
  ).toBe(ids);
});
