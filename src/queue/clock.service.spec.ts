import { expect, test } from '@jest/globals';
import { leastSkew } from './clock.service.js';

test.each([
  ['the same time', 1_000, 1_010, 1_005, 0],
  ['a slow answer, which proves nothing', 1_000, 9_000, 8_500, 0],
  ['a database that is behind', 10_000, 10_010, 4_000, 6_000],
  ['a database that is ahead', 10_000, 10_010, 16_010, -6_000],
])('the skew of %s', (_, askedAt, answeredAt, theirs, expected) => {
  expect(leastSkew(askedAt, answeredAt, theirs)).toBe(expected);
});
