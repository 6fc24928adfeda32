import { describe, expect, test } from '@jest/globals';
import { buildContact, buildMessage } from '../../test/builders.ts';
import type { Attempt } from './create-outbox.ts';
import { type EarlierThread, type Entry, sentKeysOf, toEntries } from './thread-entries.ts';
import type { Thread } from './thread-merging.ts';

/** A time of the day on this computer's clock: days change with that. */
const at = (day: number, hours: number, minutes = 0): string => new Date(2026, 8, day, hours, minutes).toISOString();

const thread = (times: string[], olderCursor: string | null = null): Thread => ({
  messages: times.map((time, i) => buildMessage({ id: `m${i + 1}`, at: time })),
  olderCursor,
});

const attempt = (key: string): Attempt => ({
  key,
  contactId: 'contact-1',
  agentId: 'agent-1',
  body: 'Hello',
  media: [],
  at: at(23, 12),
  state: 'sending',
  problem: null,
  anewOf: null,
});

const earlier = (id: string, given: Partial<EarlierThread> = {}): EarlierThread => ({
  contact: buildContact({ id }),
  isOpen: false,
  thread: undefined,
  ...given,
});

const entriesOf = (given: Partial<Parameters<typeof toEntries>[0]>): Entry[] =>
  toEntries({
    contactId: 'contact-1',
    thread: thread([at(23, 9)]),
    attempts: [],
    earlier: null,
    earlierCount: 0,
    ...given,
  });

const kinds = (entries: Entry[]): string => entries.map(({ kind }) => kind).join(' ');

describe('Days', () => {
  test.each<[name: string, times: string[], expected: string]>([
    ['no message', [], ''],
    ['one', [at(23, 9)], 'day message'],
    ['two of one day', [at(23, 0, 0), at(23, 23, 59)], 'day message message'],
    ['a minute before midnight, and midnight', [at(23, 23, 59), at(24, 0, 0)], 'day message day message'],
    ['the same time a month later', [at(23, 9), at(53, 9)], 'day message day message'],
  ])('%s', (_name, times, expected) => {
    expect(kinds(entriesOf({ thread: thread(times) }))).toBe(expected);
  });
});

test('A thread that goes on above says so first', () => {
  const entries = entriesOf({ thread: thread([at(23, 9)], 'before') });
  expect(kinds(entries)).toBe('older day message');
  expect(entries[0]).toMatchObject({ contactId: 'contact-1' });
});

describe('The contacts of before', () => {
  test('are offered while nobody has asked for them, with their number', () => {
    const entries = entriesOf({ earlierCount: 3 });
    expect(kinds(entries)).toBe('showEarlier day message');
    expect(entries[0]).toMatchObject({ count: 3 });
  });

  test('are not offered where there are none', () => {
    expect(kinds(entriesOf({ earlierCount: 0 }))).toBe('day message');
    expect(kinds(entriesOf({ earlierCount: 0, earlier: [] }))).toBe('day message');
  });

  test('are lines to open, with their messages where they are open and read', () => {
    const before = { messages: [buildMessage({ id: 'b1', contactId: 'before-2', at: at(1, 9) })], olderCursor: 'more' };
    const entries = entriesOf({
      earlierCount: 3,
      earlier: [
        earlier('before-1'),
        earlier('before-2', { isOpen: true, thread: before }),
        earlier('before-3', { isOpen: true }),
      ],
    });
    expect(kinds(entries)).toBe('earlier earlier older day message earlier now day message');
    expect(entries.flatMap((entry) => (entry.kind === 'earlier' ? entry.isReading : []))).toEqual([false, false, true]);
    expect(entries[2]).toMatchObject({ contactId: 'before-2' });
  });

  test('have days of their own, also when they end on the day on which this one begins', () => {
    const before = { messages: [buildMessage({ id: 'b1', contactId: 'before-1', at: at(23, 8) })], olderCursor: null };
    const entries = entriesOf({
      earlierCount: 1,
      earlier: [earlier('before-1', { isOpen: true, thread: before })],
    });
    expect(kinds(entries)).toBe('earlier day message now day message');
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
  });
});

describe('Replies on their way', () => {
  test('stand at the end, in the order they were written', () => {
    const entries = entriesOf({ attempts: [attempt('a'), attempt('b')] });
    expect(entries.map(({ key }) => key).slice(-2)).toEqual(['a', 'b']);
  });

  test('are not shown twice when the stream was faster than the answer', () => {
    const own: Thread = {
      messages: [buildMessage({ id: 'm1', idempotencyKey: 'a', direction: 'outbound', at: at(23, 9) })],
      olderCursor: null,
    };
    expect(kinds(entriesOf({ thread: own, attempts: [attempt('a'), attempt('b')] }))).toBe('day message attempt');
  });

  test('are known by the keys of the messages they have become', () => {
    const own: Thread = {
      messages: [buildMessage({ idempotencyKey: null }), buildMessage({ idempotencyKey: 'a' })],
      olderCursor: null,
    };
    expect(sentKeysOf(own)).toEqual(new Set(['a']));
  });
});
