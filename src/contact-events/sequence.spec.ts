import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../common/problem.js';
import { parseSequence, toSequence } from './sequence.js';

const place = fc.record({
  transactionId: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
  position: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
});

describe('sequence', () => {
  test('reads back as the place it was made from', () => {
    fc.assert(fc.property(place, (at) => expect(parseSequence(toSequence(at))).toEqual(at)));
  });

  test('sorts as text in the order of the log', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const [x, y] = [a, b].map((at) => BigInt(at.transactionId) * 2n ** 64n + BigInt(at.position)) as [
          bigint,
          bigint,
        ];
        expect(toSequence(a) < toSequence(b)).toBe(x < y);
      }),
    );
  });

  test.each(['', '1', '1.2', 'g'.repeat(16) + '.' + '0'.repeat(16), '0'.repeat(16) + '.' + '8'.repeat(16)])(
    '%j is refused by name',
    (text) => {
      expect(() => parseSequence(text)).toThrow(Problem);
    },
  );
});
