import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { buildMessage } from '../../test/builders.ts';
import { MemoryStorage } from '../../test/memory-storage.ts';
import type { MessageDto } from '../api/generated/types.gen.ts';
import { type Attempt, createOutbox, type Reply } from './create-outbox.ts';

const HOUR_MS = 3_600_000;

const reply = (given: Partial<Reply> = {}): Reply => ({
  contactId: 'contact-1',
  agentId: 'agent-1',
  body: 'Hello',
  media: [],
  ...given,
});

/** An outbox whose service answers each post in turn: with a problem, with none at all, or with the message. */
function openOutbox(answers: ('sent' | 'silence' | number)[] = [], storage = new MemoryStorage()) {
  const posted: Attempt[] = [];
  const sent: MessageDto[] = [];
  const outbox = createOutbox({
    storage,
    onSent: (message) => sent.push(message),
    post: async (attempt) => {
      posted.push(attempt);
      const answer = answers.shift() ?? 'sent';
      if (answer === 'silence') throw new TypeError('Failed to fetch');
      if (answer !== 'sent') throw Object.assign(new Error('refused'), { status: answer, errorCode: 'some_code' });
      return buildMessage({ contactId: attempt.contactId, body: attempt.body, idempotencyKey: attempt.key });
    },
  });
  return { outbox, posted, sent, storage };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Lets everything happen that is to happen by itself. */
const comeToRest = () => jest.advanceTimersByTimeAsync(HOUR_MS);

test('A reply that the service takes becomes a message, and is no longer in the outbox', async () => {
  const { outbox, sent, posted } = openOutbox();
  outbox.send(reply({ body: 'On my way' }));
  expect(outbox.attempts.get()).toMatchObject([{ body: 'On my way', state: 'sending', problem: null }]);
  await comeToRest();
  expect(outbox.attempts.get()).toEqual([]);
  expect(sent.map(({ body }) => body)).toEqual(['On my way']);
  expect(sent[0]!.idempotencyKey).toBe(posted[0]!.key);
});

test('It tries three times with the same key while nobody answers, and leaves the rest to the person', async () => {
  const { outbox, posted } = openOutbox(['silence', 'silence', 'silence', 'silence']);
  outbox.send(reply());
  await comeToRest();
  expect(posted).toHaveLength(3);
  expect(new Set(posted.map(({ key }) => key)).size).toBe(1);
  expect(outbox.attempts.get()).toMatchObject([{ state: 'unanswered', problem: null }]);
});

test('It waits before each further try', async () => {
  const { outbox, posted } = openOutbox(['silence', 'silence']);
  outbox.send(reply());
  await jest.advanceTimersByTimeAsync(999);
  expect(posted).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(posted).toHaveLength(2);
  await jest.advanceTimersByTimeAsync(2_999);
  expect(posted).toHaveLength(2);
  await jest.advanceTimersByTimeAsync(1);
  expect(posted).toHaveLength(3);
  expect(outbox.attempts.get()).toEqual([]);
});

describe('What an answer means', () => {
  test.each<[status: number, posts: number, state: Attempt['state']]>([
    [400, 1, 'refused'],
    [404, 1, 'refused'],
    [409, 1, 'refused'],
    [422, 1, 'refused'],
    // The session has ended, the request took too long, there were too many: it may go better later.
    [401, 3, 'unanswered'],
    [408, 3, 'unanswered'],
    [429, 3, 'unanswered'],
    [500, 3, 'unanswered'],
    [503, 3, 'unanswered'],
  ])('%i: %i post(s), then %s', async (status, posts, state) => {
    const { outbox, posted } = openOutbox([status, status, status]);
    outbox.send(reply());
    await comeToRest();
    expect(posted).toHaveLength(posts);
    expect(outbox.attempts.get()).toMatchObject([{ state, problem: { status, errorCode: 'some_code' } }]);
  });
});

test('The replies to a contact go one after the other, and those to another contact do not wait for them', async () => {
  const { outbox, posted } = openOutbox(['silence']);
  outbox.send(reply({ body: 'first' }));
  outbox.send(reply({ body: 'second' }));
  outbox.send(reply({ body: 'elsewhere', contactId: 'contact-2' }));
  await jest.advanceTimersByTimeAsync(0);
  expect(posted.map(({ body }) => body)).toEqual(['first', 'elsewhere']);
  await comeToRest();
  expect(posted.map(({ body }) => body)).toEqual(['first', 'elsewhere', 'first', 'second']);
});

test('A reply that is refused does not hold up the next one', async () => {
  const { outbox, sent } = openOutbox([422]);
  outbox.send(reply({ body: 'refused' }));
  outbox.send(reply({ body: 'next' }));
  await comeToRest();
  expect(sent.map(({ body }) => body)).toEqual(['next']);
  expect(outbox.attempts.get()).toMatchObject([{ body: 'refused', state: 'refused' }]);
});

test('To try again is to post with the same key, and it forgets the problem meanwhile', async () => {
  const { outbox, posted } = openOutbox([422]);
  outbox.send(reply());
  await comeToRest();
  const { key } = outbox.attempts.get()[0]!;
  outbox.tryAgain(key);
  expect(outbox.attempts.get()).toMatchObject([{ state: 'sending', problem: null }]);
  await comeToRest();
  expect(posted.map((attempt) => attempt.key)).toEqual([key, key]);
  expect(outbox.attempts.get()).toEqual([]);
});

test('To try again what is no longer there does nothing', async () => {
  const { outbox, posted } = openOutbox();
  outbox.tryAgain('gone');
  await comeToRest();
  expect(posted).toEqual([]);
});

test('A reply that was discarded while it waited for its turn is not posted', async () => {
  const { outbox, posted } = openOutbox(['silence']);
  outbox.send(reply({ body: 'first' }));
  outbox.send(reply({ body: 'second' }));
  outbox.discard(outbox.attempts.get()[1]!.key);
  await comeToRest();
  expect(posted.map(({ body }) => body)).toEqual(['first', 'first']);
});

test('What is in the thread is settled, although its answer never came', async () => {
  const { outbox } = openOutbox(['silence', 'silence', 'silence', 'silence', 'silence', 'silence']);
  outbox.send(reply({ body: 'arrived' }));
  outbox.send(reply({ body: 'lost' }));
  await comeToRest();
  const [arrived] = outbox.attempts.get();
  outbox.settle(new Set([arrived!.key, 'of somebody else']));
  expect(outbox.attempts.get()).toMatchObject([{ body: 'lost' }]);
});

describe('A failed message', () => {
  test('is sent again once, however often that is asked for', async () => {
    const { outbox, posted } = openOutbox();
    outbox.send(reply({ anewOf: 'message-1' }));
    outbox.send(reply({ anewOf: 'message-1' }));
    await comeToRest();
    outbox.send(reply({ anewOf: 'message-1' }));
    await comeToRest();
    expect(posted).toHaveLength(1);
    expect(outbox.wasSentAnew('message-1')).toBe(true);
    expect(outbox.wasSentAnew('message-2')).toBe(false);
  });

  test('can be sent again after the attempt was discarded', async () => {
    const { outbox, posted } = openOutbox([422]);
    outbox.send(reply({ anewOf: 'message-1' }));
    await comeToRest();
    outbox.discard(outbox.attempts.get()[0]!.key);
    expect(outbox.wasSentAnew('message-1')).toBe(false);
    outbox.send(reply({ anewOf: 'message-1' }));
    await comeToRest();
    expect(posted).toHaveLength(2);
  });
});

describe('After a reload', () => {
  test('what was being sent is unanswered, is not sent by itself, and keeps its key', async () => {
    const before = openOutbox(['silence', 'silence', 'silence']);
    before.outbox.send(reply({ body: 'half way' }));
    const { key } = before.outbox.attempts.get()[0]!;
    const { outbox, posted } = openOutbox([], before.storage);
    await comeToRest();
    expect(posted).toEqual([]);
    expect(outbox.attempts.get()).toMatchObject([{ key, body: 'half way', state: 'unanswered' }]);
    outbox.tryAgain(key);
    await comeToRest();
    expect(posted).toMatchObject([{ key }]);
  });

  test('what was refused is still refused', async () => {
    const before = openOutbox([422]);
    before.outbox.send(reply());
    await comeToRest();
    const { outbox } = openOutbox([], before.storage);
    expect(outbox.attempts.get()).toMatchObject([{ state: 'refused', problem: { status: 422 } }]);
  });

  test('what was sent is gone', async () => {
    const before = openOutbox();
    before.outbox.send(reply());
    await comeToRest();
    expect(openOutbox([], before.storage).outbox.attempts.get()).toEqual([]);
  });
});
