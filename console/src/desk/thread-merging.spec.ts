import { describe, expect, test } from '@jest/globals';
import { buildMedia, buildMessage } from '../../test/builders.ts';
import type { MessageDto } from '../api/generated/types.gen.ts';
import { joinThreads, reachesAll, type Thread, withMedia, withMessage, withOlder } from './thread-merging.ts';

const NOW = Date.parse('2026-09-23T12:00:00Z');
const minutesAgo = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

/** `1 2 3`: messages by their ids, oldest first. */
const messages = (ids: string, given: Partial<MessageDto> = {}): MessageDto[] =>
  ids.split(' ').flatMap((id) => (id === '' ? [] : buildMessage({ id, ...given })));
const thread = (ids: string, olderCursor: string | null = null): Thread => ({ messages: messages(ids), olderCursor });
const idsOf = (all: MessageDto[]): string => all.map(({ id }) => id).join(' ');

describe('What is read takes the place of what is known', () => {
  test.each<[name: string, known: Thread | undefined, read: Thread, ids: string, cursor: string | null]>([
    ['nothing is known yet', undefined, thread('3 4', 'before 3'), '3 4', 'before 3'],
    ['one has come', thread('1 2 3'), thread('2 3 4', 'before 2'), '1 2 3 4', null],
    ['the known part goes further back', thread('3 4 5', 'before 3'), thread('5 6', 'before 5'), '3 4 5 6', 'before 3'],
    ['the same was read', thread('1 2'), thread('1 2'), '1 2', null],
    ['more was read than is known', thread('3 4', 'before 3'), thread('1 2 3 4'), '1 2 3 4', null],
    ['so much has come that the two do not touch', thread('1 2'), thread('8 9', 'before 8'), '8 9', 'before 8'],
    ['the known thread was empty', thread(''), thread('1'), '1', null],
    ['nothing is left of it', thread('1 2'), thread(''), '', null],
  ])('%s', (_name, known, read, ids, cursor) => {
    const joined = joinThreads(known, read);
    expect(idsOf(joined.messages)).toBe(ids);
    expect(joined.olderCursor).toBe(cursor);
  });

  test('A message that was read is shown as it is now', () => {
    const known = { messages: messages('1 2', { status: 'sent' }), olderCursor: null };
    const read = { messages: messages('2', { status: 'delivered' }), olderCursor: 'before 2' };
    expect(joinThreads(known, read).messages.map(({ status }) => status)).toEqual(['sent', 'delivered']);
  });
});

describe('Whether all that may have changed was read', () => {
  const sent = (given: Partial<MessageDto>): MessageDto => buildMessage({ id: '1', direction: 'outbound', ...given });
  const recent = { status: 'sent', at: minutesAgo(5) };
  test.each<[name: string, older: MessageDto, expected: boolean]>([
    ['delivered', sent({ status: 'delivered', at: minutesAgo(1) }), true],
    ['received', sent({ status: 'received', at: minutesAgo(1) }), true],
    ['undelivered', sent({ status: 'undelivered', at: minutesAgo(1) }), true],
    ['sent five minutes ago: the carrier may yet report', sent(recent), false],
    ['queued an hour ago, to the minute', sent({ status: 'queued', at: minutesAgo(60) }), false],
    ['queued more than an hour ago: nothing will come', sent({ status: 'queued', at: minutesAgo(61) }), true],
    [
      'a picture of it is still on its way',
      sent({ status: 'received', media: [buildMedia(), buildMedia({ state: 'pending' })] }),
      false,
    ],
    ['its picture has come', sent({ status: 'received', media: [buildMedia({ state: 'stored' })] }), true],
  ])('the only older message is %s: %s', (_name, older, expected) => {
    const known = { messages: [older, ...messages('2 3')], olderCursor: null };
    expect(reachesAll(messages('2 3'), known, NOW)).toBe(expected);
  });

  test('Without a known thread the first page is enough', () => {
    expect(reachesAll(messages('9'), undefined, NOW)).toBe(true);
  });

  test('A page that does not touch what is known is not enough, however settled that is', () => {
    expect(reachesAll(messages('8 9'), thread('1 2'), NOW)).toBe(false);
  });

  test('One unsettled message far back is enough to read on', () => {
    const known = { messages: [sent(recent), ...messages('2 3 4 5')], olderCursor: null };
    expect(reachesAll(messages('4 5'), known, NOW)).toBe(false);
    expect(reachesAll([sent(recent), ...messages('2 3 4 5')], known, NOW)).toBe(true);
  });
});

test('A page of older messages comes newest first, and goes before the others oldest first', () => {
  const grown = withOlder(messages('4 5'), { data: messages('3 2 1'), nextCursor: 'before 1' });
  expect(idsOf(grown.messages)).toBe('1 2 3 4 5');
  expect(grown.olderCursor).toBe('before 1');
});

test('A message that the stream was faster with is shown once, at the end, as the answer has it', () => {
  const known: Thread = { messages: messages('1 2 3', { status: 'queued' }), olderCursor: 'before 1' };
  const shown = withMessage(known, buildMessage({ id: '2', status: 'sent' }));
  expect(idsOf(shown.messages)).toBe('1 3 2');
  expect(shown.messages.at(-1)!.status).toBe('sent');
  expect(shown.olderCursor).toBe('before 1');
});

test('A picture is replaced in the message that has it; the other messages stay the very same', () => {
  const [first, second] = [
    buildMessage({ id: '1', media: [buildMedia({ id: 'a', state: 'pending' }), buildMedia({ id: 'b' })] }),
    buildMessage({ id: '2', media: [buildMedia({ id: 'c' })] }),
  ];
  const shown = withMedia(
    { messages: [first, second], olderCursor: null },
    buildMedia({ id: 'a', state: 'unavailable' }),
  );
  expect(shown.messages[0]!.media.map(({ id, state }) => `${id} ${state}`)).toEqual(['a unavailable', 'b stored']);
  expect(shown.messages[1]).toBe(second);
});
