import { describe, expect, test } from '@jest/globals';
import { buildContact, buildMessage } from '../../test/builders.ts';
import { findShift, firstMessages } from './reading-place.ts';
import { type EarlierThread, type Entry, toEntries } from './thread-entries.ts';
import type { Thread } from './thread-merging.ts';

/** `3 4`: messages of one day, or of the next one from a bar on; oldest first. */
const thread = (contactId: string, text: string, olderCursor: string | null = null): Thread => ({
  messages: text.split('|').flatMap((day, days) =>
    day
      .trim()
      .split(' ')
      .map((id) => buildMessage({ id, contactId, at: new Date(2026, 8, 20 + days, 9).toISOString() })),
  ),
  olderCursor,
});

const entriesOf = (own: Thread, earlier: EarlierThread[] | null = null): Entry[] =>
  toEntries({ contactId: 'own', thread: own, attempts: [], earlier, earlierCount: earlier?.length ?? 0 });

/** Where in the entries a line is. */
const placeOf = (entries: Entry[], key: string): number => {
  const place = entries.findIndex((entry) => entry.key === key);
  expect(place).toBeGreaterThanOrEqual(0);
  return place;
};

describe('Older messages have come above', () => {
  const before = firstMessages(entriesOf(thread('own', '5 6 7', 'more')));
  const after = entriesOf(thread('own', '2 3 4 5 6 7', 'more'));

  test.each(['older-own', 'day-own-Sun Sep 20 2026'])('One reads below %s, which stays on top', (top) => {
    expect(findShift(before, after, placeOf(after, top))).toEqual({ from: '5', to: '2' });
  });

  test('The line at the top is a message: it holds its place by itself', () => {
    expect(findShift(before, after, placeOf(after, '5'))).toBeNull();
  });

  test('The screen shows nothing yet', () => {
    expect(findShift(before, after, -1)).toBeNull();
  });

  test('The day at the top is not the first of the thread', () => {
    const known = firstMessages(entriesOf(thread('own', '3 4 | 5 6')));
    const twoDays = entriesOf(thread('own', '1 2 3 4 | 5 6'));
    const second = twoDays.findLastIndex(({ kind }) => kind === 'day');
    expect(findShift(known, twoDays, second)).toBeNull();
  });

  test('The thread was not there before', () => {
    expect(findShift(new Map(), after, 0)).toBeNull();
  });
});

test('Messages that come at the end move nothing', () => {
  const before = firstMessages(entriesOf(thread('own', '5 6')));
  expect(findShift(before, entriesOf(thread('own', '5 6 7')), 0)).toBeNull();
});

test('Each contact of the customer has its own first message', () => {
  const earlier = (text: string): EarlierThread[] => [
    { contact: buildContact({ id: 'before' }), isOpen: true, thread: thread('before', text, 'more') },
  ];
  const known = firstMessages(entriesOf(thread('own', '8 9'), earlier('3 4')));
  expect(known).toEqual(
    new Map([
      ['before', '3'],
      ['own', '8'],
    ]),
  );
  const after = entriesOf(thread('own', '8 9'), earlier('1 2 3 4'));
  expect(findShift(known, after, placeOf(after, 'older-before'))).toEqual({ from: '3', to: '1' });
});
