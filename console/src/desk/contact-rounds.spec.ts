import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { contactRounds } from './contact-rounds.ts';

const ROUND_MS = 200;

const idsFrom = (first: number, count: number): string[] => Array.from({ length: count }, (_, i) => `c${first + i}`);

/** The rounds of a desk that knows some contacts, and what they have read. */
function startRounds({ known = [] as string[], fails = false } = {}) {
  const read: string[] = [];
  const readOne = async (id: string): Promise<void> => {
    read.push(id);
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (fails) throw new Error('The service cannot be reached.');
  };
  const readBeginnings = async (): Promise<void> => {
    read.push('beginnings');
    if (fails) throw new Error('The service cannot be reached.');
  };
  return { read, rounds: contactRounds({ isKnown: (id) => known.includes(id), readOne, readBeginnings }) };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('A contact of which much is told in a moment is read once', async () => {
  const { read, rounds } = startRounds();
  for (const id of ['a', 'b', 'a', 'a']) rounds.add(id);
  await jest.advanceTimersByTimeAsync(ROUND_MS - 1);
  expect(read).toEqual([]);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(read).toEqual(['a', 'b']);
});

test('What changes while a round is read is read in the next one', async () => {
  const { read, rounds } = startRounds();
  rounds.add('a');
  await jest.advanceTimersByTimeAsync(ROUND_MS);
  rounds.add('a');
  rounds.add('b');
  await jest.advanceTimersByTimeAsync(1_000);
  expect(read).toEqual(['a', 'a', 'b']);
});

test('Rounds begin again after a pause', async () => {
  const { read, rounds } = startRounds();
  rounds.add('a');
  await jest.advanceTimersByTimeAsync(10_000);
  rounds.add('b');
  await jest.advanceTimersByTimeAsync(10_000);
  expect(read).toEqual(['a', 'b']);
});

test('Twenty contacts are read one by one, whether anybody sees them or not', async () => {
  const { read, rounds } = startRounds();
  const ids = idsFrom(1, 20);
  for (const id of ids) rounds.add(id);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(read).toEqual(ids);
});

test('Of more than twenty, a page of each list is read, and one by one those that somebody sees', async () => {
  const { read, rounds } = startRounds({ known: ['c3', 'c21', 'c99'] });
  for (const id of idsFrom(1, 21)) rounds.add(id);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(read).toEqual(['beginnings', 'c3', 'c21']);
});

test('At most four are read at once', async () => {
  const { read, rounds } = startRounds();
  for (const id of idsFrom(1, 6)) rounds.add(id);
  await jest.advanceTimersByTimeAsync(ROUND_MS);
  expect(read).toHaveLength(4);
  await jest.advanceTimersByTimeAsync(1);
  expect(read).toHaveLength(6);
});

test.each([1, 21])('A round of %i that fails does not end the rounds', async (count) => {
  const { read, rounds } = startRounds({ known: ['c1'], fails: true });
  for (const id of idsFrom(1, count)) rounds.add(id);
  await jest.advanceTimersByTimeAsync(1_000);
  rounds.add('later');
  await jest.advanceTimersByTimeAsync(1_000);
  expect(read).toContain('c1');
  expect(read.at(-1)).toBe('later');
});

test('After the desk was left, what waited is not read', async () => {
  const { read, rounds } = startRounds();
  rounds.add('a');
  rounds.forget();
  await jest.advanceTimersByTimeAsync(1_000);
  expect(read).toEqual([]);
});
