import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, NUMBER_POSITION, toPage, UUID_POSITION } from './cursor-page.js';
import { Problem } from './problem.js';

const ID = '019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11';

describe('toPage', () => {
  const pageOf = (rows: number[], limit: number): ReturnType<typeof toPage> =>
    toPage(rows, limit, String, (row) => -row);

  test.each([
    ['fewer rows than the limit are the last page', [1, 2], 3, { data: [-1, -2], nextCursor: null }],
    ['as many rows as the limit are the last page', [1, 2, 3], 3, { data: [-1, -2, -3], nextCursor: null }],
    [
      'one more row gives a cursor to the last row shown',
      [1, 2, 3],
      2,
      { data: [-1, -2], nextCursor: encodeCursor('2') },
    ],
    ['no rows are the last page', [], 2, { data: [], nextCursor: null }],
  ])('%s', (_, rows, limit, expected) => {
    expect(pageOf(rows, limit)).toEqual(expected);
  });
});

describe('cursors', () => {
  test('read back as the position they were made from', () => {
    expect(decodeCursor(encodeCursor(ID), UUID_POSITION)).toBe(ID);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (position) => {
        expect(decodeCursor(encodeCursor(String(position)), NUMBER_POSITION)).toBe(String(position));
      }),
    );
  });

  test.each([
    ['with a number in place of a UUID', encodeCursor('12'), UUID_POSITION],
    ['with a UUID in place of a number', encodeCursor(ID), NUMBER_POSITION],
    ['with a number too large for a bigint', encodeCursor('9'.repeat(19)), NUMBER_POSITION],
    ['with a negative number', encodeCursor('-1'), NUMBER_POSITION],
    ['with trailing text', encodeCursor(`${ID}'; --`), UUID_POSITION],
    ['that are empty', '', NUMBER_POSITION],
    ['that are not base64', '%%%', UUID_POSITION],
  ])('%s are refused with the name of the field', (_, cursor, shape) => {
    expect(() => decodeCursor(cursor, shape)).toThrow(
      expect.objectContaining({ errorCode: 'cursor_invalid', errors: [expect.objectContaining({ field: 'cursor' })] }),
    );
    expect(() => decodeCursor(cursor, shape)).toThrow(Problem);
  });
});
