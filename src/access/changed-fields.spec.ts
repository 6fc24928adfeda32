import { expect, test } from '@jest/globals';
import { changedFields } from './changed-fields.js';

const MADE = { id: 'a', name: 'Support', languages: ['en'], openingHours: null, createdAt: new Date(0), version: 1 };

test.each([
  ['one field', { ...MADE, name: 'Sales', version: 2 }, { name: 'Support' }, { name: 'Sales' }],
  ['a list', { ...MADE, languages: ['en', 'pt'] }, { languages: ['en'] }, { languages: ['en', 'pt'] }],
  ['a field that is new', { ...MADE, greeting: 'Hi' }, { greeting: null }, { greeting: 'Hi' }],
  [
    'a date, as JSON',
    { ...MADE, openingHours: new Date(0) },
    { openingHours: null },
    { openingHours: '1970-01-01T00:00:00.000Z' },
  ],
  ['only the bookkeeping', { ...MADE, version: 9, createdAt: new Date(1) }, {}, {}],
])('%s', (_, after, was, is) => {
  expect(changedFields(MADE, after)).toEqual({ before: was, after: is });
});

test('a created or deleted object has all its fields on one side', () => {
  const fields = { id: 'a', name: 'Support', languages: ['en'], openingHours: null };
  expect(changedFields(null, MADE)).toEqual({ before: null, after: fields });
  expect(changedFields(MADE, null)).toEqual({ before: fields, after: null });
});
