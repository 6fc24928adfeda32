import { expect, test } from '@jest/globals';
import { type Refusal, refusalsOf } from './refused-files.ts';

const LIMITS = { taken: 0, maxBytes: 5_000 };
const file = (type = 'image/png', size = 1_000) => ({ type, size });
const files = (count: number) => Array.from({ length: count }, () => file());

test.each<[type: string, size: number, refusal: Refusal | null]>([
  ['image/png', 5_000, null],
  ['image/png', 5_001, 'size'],
  ['application/pdf', 0, null],
  ['image/svg+xml', 100, 'type'],
  ['text/html', 100, 'type'],
  ['text/html', 5_001, 'type'],
  // The browser knows no type: the service looks at the bytes.
  ['', 5_000, null],
  ['', 5_001, 'size'],
])('A file of type "%s" and %i bytes: %s', (type, size, refusal) => {
  expect(refusalsOf([file(type, size)], LIMITS)).toEqual([refusal]);
});

test.each<[taken: number, attached: number, accepted: number]>([
  [0, 10, 10],
  [0, 11, 10],
  [9, 2, 1],
  [10, 1, 0],
])('With %i there already, of %i more %i are taken, the first ones', (taken, attached, accepted) => {
  const refusals = refusalsOf(files(attached), { ...LIMITS, taken });
  expect(refusals).toEqual([
    ...Array.from({ length: accepted }, () => null),
    ...Array.from({ length: attached - accepted }, () => 'count'),
  ]);
});

test('A file that is refused takes no place from the others', () => {
  expect(refusalsOf([file('text/html'), file(), file('image/png', 9_999), file()], { ...LIMITS, taken: 8 })).toEqual([
    'type',
    null,
    'size',
    null,
  ]);
});
