import { expect, test } from '@jest/globals';
import { readAllPages } from './all-pages.ts';

/** A list of as many numbers, and how it was asked for. */
function listOf(count: number) {
  const asked: object[] = [];
  const readPage = async (query: { limit: number; cursor?: string }) => {
    asked.push(query);
    const from = Number(query.cursor ?? 0);
    const data = Array.from({ length: Math.min(query.limit, count - from) }, (_, i) => from + i);
    const next = from + data.length;
    return { data: { data, nextCursor: next < count ? `${next}` : null } };
  };
  return { asked, readPage };
}

test.each<[count: number, asked: object[]]>([
  [0, [{ limit: 100 }]],
  [100, [{ limit: 100 }]],
  [101, [{ limit: 100 }, { limit: 100, cursor: '100' }]],
  [250, [{ limit: 100 }, { limit: 100, cursor: '100' }, { limit: 100, cursor: '200' }]],
])('A list of %i is read to its end, in order', async (count, expected) => {
  const { asked, readPage } = listOf(count);
  expect(await readAllPages(readPage)).toEqual(Array.from({ length: count }, (_, i) => i));
  expect(asked).toEqual(expected);
});

test('A page that cannot be read fails the whole: nobody takes a part for all', async () => {
  const { readPage } = listOf(150);
  const reading = readAllPages(async (query) => {
    if (query.cursor !== undefined) throw new Error('The service cannot be reached.');
    return readPage(query);
  });
  await expect(reading).rejects.toThrow('cannot be reached');
});
