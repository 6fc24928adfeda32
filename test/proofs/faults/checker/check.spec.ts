import { describe, expect, test } from '@jest/globals';
import type { History } from '../history/history.ts';
import { check } from './check.ts';

const SIDS = { first: 'SM1', second: 'SM2' };

/** Two texts of one customer, each a message, an event and an answered request; a reply that reached the phone. */
function buildHistory(given: Partial<History> = {}): History {
  const text = { from: '+15005560001', to: '+15005550006', isAcked: true, isForged: false, isLost: false };
  const row = { verdict: 'accepted', processedAt: 3_000, isFetched: false };
  const message = { contactId: 'c1', body: null, status: 'received' };
  return {
    scenario: 'test',
    seed: 1,
    startedAt: 0,
    healedAt: 10_000,
    isReconciled: false,
    faults: [],
    texts: [
      { ...text, sid: SIDS.first, sentAt: 1_000, endedAt: 1_050 },
      { ...text, sid: SIDS.second, sentAt: 2_000, endedAt: 2_050 },
    ],
    calls: [{ sid: SIDS.first, at: 1_000, ms: 50, status: 200, isWellFormed: true }],
    journal: [
      { ...row, id: 'i1', sid: SIDS.first, receivedAt: 1_010 },
      { ...row, id: 'i2', sid: SIDS.second, receivedAt: 2_010 },
    ],
    contacts: [{ id: 'c1', entryPointId: 'e1', customer: text.from, isOpen: true }],
    messages: [
      { ...message, id: 'm1', position: 1, inboundSmsId: 'i1' },
      { ...message, id: 'm2', position: 2, inboundSmsId: 'i2' },
      { ...message, id: 'm3', position: 3, inboundSmsId: null, body: 'reply 1', status: 'delivered' },
    ],
    events: [
      { id: 'v1', contactId: 'c1', version: 1 },
      { id: 'v2', contactId: 'c1', version: 2 },
    ],
    seenEvents: ['v1', 'v2'],
    replies: [{ body: 'reply 1', messageId: 'm3' }],
    phoneMessages: [{ sid: 'SM3', body: 'reply 1' }],
    activeJobs: 0,
    ...given,
  };
}

/** A history in which one thing is otherwise. */
function spoil(change: (history: History) => void): History {
  const history = buildHistory();
  change(history);
  return history;
}

test('a history in which every promise was kept has no violation', () => {
  expect(check(buildHistory())).toEqual([]);
});

describe('what is allowed', () => {
  test.each<[string, (history: History) => void]>([
    ['a text that Twilio gave up on', (h) => void (dropText(h), (h.texts[1]!.isAcked = false))],
    ['a text that was stored though no answer arrived', (h) => void (h.texts[1]!.isAcked = false)],
    ['a verdict that makes no message', (h) => void ((h.journal[1]!.verdict = 'blocked'), h.messages.splice(1, 1))],
    [
      'a request that got no answer',
      (h) => void Object.assign(h.calls[0]!, { status: 0, ms: 20_000, isWellFormed: false }),
    ],
    ['texts that were at the intake at the same time, in any order', swapOverlapping],
    ['a fetched text before one that came after it was sent', swapFetchedLate],
    ['a reply that is said to be unknown', (h) => void ((h.phoneMessages = []), (h.messages[2]!.status = 'unknown'))],
    ['a reply that the API did not take', (h) => void ((h.phoneMessages = []), (h.replies[0]!.messageId = null))],
    [
      'a closed contact beside an open one',
      (h) => void h.contacts.push({ ...h.contacts[0]!, id: 'c2', isOpen: false }),
    ],
  ])('%s', (_, change) => {
    expect(check(spoil(change))).toEqual([]);
  });
});

describe('what is not', () => {
  test.each<[string, string, string, (history: History) => void]>([
    ['I1', 'lost', 'an acknowledged text is not stored', dropText],
    [
      'I1',
      'doubled',
      'a text is stored twice',
      (h) => void h.journal.push({ ...h.journal[1]!, id: 'i3', verdict: 'blocked' }),
    ],
    [
      'I2',
      'invented',
      'a row that nobody sent',
      (h) => void h.journal.push({ ...h.journal[1]!, id: 'i3', sid: 'SM9', verdict: 'blocked' }),
    ],
    [
      'I2',
      'invented',
      'a forged text was stored',
      (h) => void Object.assign(h.texts[1]!, { isForged: true, isAcked: false }),
    ],
    ['I2', 'invented', 'a forged text was acknowledged', (h) => void (dropText(h), (h.texts[1]!.isForged = true))],
    ['I3', 'lost', 'an accepted text is in no thread', (h) => void h.messages.splice(1, 1)],
    [
      'I3',
      'lost',
      'a text is a dead letter',
      (h) => void ((h.journal[1]!.verdict = 'dead_letter'), h.messages.splice(1, 1)),
    ],
    [
      'I3',
      'doubled',
      'a text is in the thread twice',
      (h) => void h.messages.push({ ...h.messages[1]!, id: 'm4', position: 4 }),
    ],
    [
      'I3',
      'invented',
      'a message without a text',
      (h) => void h.messages.push({ ...h.messages[1]!, id: 'm4', inboundSmsId: 'i9' }),
    ],
    ['I4', 'inverted', 'a text stands before one that was acknowledged before it came', swapMessages],
    ['I4', 'inverted', 'the same of a text that Twilio tried for long', swapRetried],
    ['I4', 'inverted', 'a fetched text before one that was acknowledged before it was sent', swapFetched],
    ['I5', 'doubled', 'two open contacts of a customer', (h) => void h.contacts.push({ ...h.contacts[0]!, id: 'c2' })],
    [
      'I6',
      'lost',
      "a text of Twilio's list is missing after reconciliation",
      (h) => void (dropText(h), (h.texts[1]!.isAcked = false), (h.isReconciled = true)),
    ],
    ['I7', 'lost', 'an event did not reach the consumer', (h) => void h.seenEvents.pop()],
    ['I7', 'doubled', 'an event had its effect twice', (h) => void h.seenEvents.push('v2')],
    ['I7', 'invented', 'an event that is not in the log', (h) => void h.seenEvents.push('v9')],
    ['I7', 'lost', 'a gap in the versions of a contact', (h) => void (h.events[1]!.version = 3)],
    ['I7', 'doubled', 'a version of a contact twice', (h) => void (h.events[1]!.version = 1)],
    [
      'I8',
      'doubled',
      'a reply reached the phone twice',
      (h) => void h.phoneMessages.push({ sid: 'SM4', body: 'reply 1' }),
    ],
    ['I8', 'lost', 'a reply never reached the phone', (h) => void (h.phoneMessages = [])],
    ['I8', 'invented', 'an SMS that nobody wrote', (h) => void h.phoneMessages.push({ sid: 'SM4', body: 'hm' })],
    [
      'I9',
      'lost',
      'a row that nobody processes',
      (h) => void (Object.assign(h.journal[1]!, { processedAt: null, verdict: null }), h.messages.splice(1, 1)),
    ],
    ['I9', 'lost', 'a job that nobody works on any more', (h) => void (h.activeJobs = 1)],
    [
      'I9',
      'lost',
      'a text is refused once all is whole again',
      (h) => void ((h.healedAt = 2_000), (h.texts[1]!.isAcked = false)),
    ],
    ['I10', 'malformed', 'an answer too late', (h) => void (h.calls[0]!.ms = 15_000)],
    ['I10', 'malformed', 'an answer that Twilio cannot read', (h) => void (h.calls[0]!.isWellFormed = false)],
  ])('%s %s: %s', (invariant, harm, _, change) => {
    expect(check(spoil(change))).toMatchObject([{ invariant, harm }]);
  });
});

/** The second text with all that came of it. */
function dropText(history: History): void {
  history.journal.splice(1, 1);
  history.messages.splice(1, 1);
}

function swapMessages({ messages: [first, second] }: History): void {
  [first!.position, second!.position] = [second!.position, first!.position];
}

/** The first was not acknowledged yet when the second was received. */
function swapOverlapping(history: History): void {
  history.texts[0]!.endedAt = 2_500;
  swapMessages(history);
}

function swapRetried(history: History): void {
  history.texts[1]!.sentAt = 500;
  swapMessages(history);
}

/** The second never came, and was fetched. */
function swapFetched(history: History): void {
  history.texts[1]!.isAcked = false;
  history.journal[1]!.isFetched = true;
  swapMessages(history);
}

/** It was sent before the first was. */
function swapFetchedLate(history: History): void {
  history.texts[1]!.sentAt = 500;
  swapFetched(history);
}
