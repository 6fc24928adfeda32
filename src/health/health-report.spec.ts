import { describe, expect, test } from '@jest/globals';
import { checkEventConsumers } from '../contact-events/consumers.check.js';
import { checkDatabase } from '../database/database.check.js';
import { checkWebhooks } from '../entry-points/webhooks.check.js';
import type { Backlog } from '../health-checks/backlog.js';
import type { HealthCheck } from '../health-checks/health-check.js';
import { checkDeadLetters, checkInboundBacklog } from '../inbound-sms/inbound-sms-health.check.js';
import { checkOutboundBacklog } from '../outbound-sms/outbound-backlog.check.js';
import { checkReconciliation } from '../reconciliation/reconciliation.check.js';
import { checkTelephony } from '../twilio-integration/telephony.check.js';
import { checkSignatures } from '../webhook/signatures.check.js';
import { checkDurability } from './durability.service.js';
import { worstOf } from './health-report.service.js';
import { checkQueue } from './queue-check.js';

const NOTHING: Backlog = { count: 0, oldestSeconds: null };
const waiting = (oldestSeconds: number): Backlog => ({ count: 7, oldestSeconds });
const telephony = (state: 'connected' | 'failing' | 'disconnected') =>
  checkTelephony({
    state,
    accountSid: 'AC1',
    authTokenLast4: 'ab12',
    verifiedAt: null,
    friendlyName: null,
    rotating: false,
    problem: null,
  });
const unset = ['not_set', 'changed', 'unknown', 'number_missing'].map((state, n) => ({
  id: `${n}`,
  name: `Entry ${n}`,
  state: state as 'not_set',
  checkedAt: null,
}));
const URL = 'http://sms.example.com';
const reconciliation = (given: Partial<Parameters<typeof checkReconciliation>[0]>) =>
  checkReconciliation({
    fetched: 0,
    fetchedSince: null,
    lastError: null,
    failingSince: null,
    overdueSince: new Date(),
    ...given,
  });
const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
const late = (lastError: string | null) => [{ name: 'billing', lastError, since: new Date() }];

const [safe] = checkDurability([]) as [HealthCheck];
const [forgets, drops] = checkDurability([
  { reason: 'database_forgets', params: { settings: 'fsync' } },
  { reason: 'jobs_dropped', params: { policy: 'allkeys-lru' } },
]) as [HealthCheck, HealthCheck];

describe('Health checks', () => {
  test.each<[string, HealthCheck, HealthCheck['state'], string]>([
    ['a quick database', checkDatabase('18.4', 1.2), 'ok', 'PostgreSQL 18.4 answers in 2 ms.'],
    ['a slow database', checkDatabase('18.4', 1_500), 'warning', 'That is slow'],
    ['queues that answer', checkQueue('redis', null), 'ok', 'on Redis'],
    [
      'queues that do not',
      checkQueue('postgres', new Error('timeout')),
      'failing',
      'on PostgreSQL do not answer (timeout)',
    ],
    ['a connected Twilio account', telephony('connected'), 'ok', 'AC1 is connected'],
    ['a refused token', telephony('failing'), 'failing', 'Connect again'],
    ['no Twilio account', telephony('disconnected'), 'warning', 'Connect one.'],
    ['webhooks that are set', checkWebhooks([], URL, null), 'ok', 'every active entry point'],
    ['a webhook that is not', checkWebhooks(unset.slice(1, 2), URL, null), 'warning', '"Entry 1" (changed at Twilio)'],
    ['many of them', checkWebhooks(unset, URL, null), 'warning', '"Entry 2" (never looked at) and 1 more'],
    [
      'webhooks that Twilio could not be asked about',
      checkWebhooks([{ id: 'a', name: 'Support', state: 'unknown', checkedAt: new Date() }], URL, null),
      'warning',
      '"Support" (Twilio could not be asked)',
    ],
    ['an address of this machine', checkWebhooks([], URL, 'own_machine'), 'failing', `${URL} is an address of this`],
    ['an address without TLS', checkWebhooks([], URL, 'not_https'), 'failing', `${URL} is not https`],
    ['signatures that match', checkSignatures(null), 'ok', 'No webhook request'],
    [
      'signatures that do not',
      checkSignatures({ count: 3, since: new Date(), addresses: [URL] }),
      'warning',
      `3 webhook requests of the last 15 minutes were refused: their signature does not match. They were checked against ${URL}`,
    ],
    ['SMS that all came', reconciliation({}), 'ok', 'Every SMS'],
    ['a list nobody reads yet', reconciliation({ overdueSince: null }), 'ok', 'Every SMS'],
    ['SMS that never came', reconciliation({ fetched: 3, fetchedSince: new Date() }), 'warning', '3 SMS'],
    ['a list nobody reads', reconciliation({ overdueSince: minutesAgo(11) }), 'warning', 'the role scheduler'],
    [
      'a list that cannot be read',
      reconciliation({ fetched: 3, failingSince: minutesAgo(1), lastError: 'Twilio said: no' }),
      'warning',
      'cannot be read (Twilio said: no)',
    ],
    ['no SMS that wait', checkInboundBacklog(NOTHING), 'ok', '0 SMS wait'],
    ['SMS that wait for a moment', checkInboundBacklog(waiting(29)), 'ok', '7 SMS wait'],
    ['SMS that wait for long', checkInboundBacklog(waiting(30)), 'warning', 'the oldest for 30 seconds'],
    ['SMS that wait for very long', checkInboundBacklog(waiting(600)), 'failing', 'the oldest for 10 minutes'],
    ['replies at the pace of their number', checkOutboundBacklog(waiting(299)), 'ok', '7 messages wait'],
    ['replies that wait for long', checkOutboundBacklog(waiting(300)), 'warning', 'the oldest for 5 minutes'],
    ['replies that wait for hours', checkOutboundBacklog(waiting(7_300)), 'failing', 'the oldest for 2 hours'],
    ['consumers that have all', checkEventConsumers([]), 'ok', 'Every consumer'],
    ['a consumer nobody serves', checkEventConsumers(late(null)), 'failing', 'queue of billing. Does a process'],
    ['a consumer whose queue is away', checkEventConsumers(late('no answer')), 'failing', 'no answer'],
    ['what is safe', safe, 'ok', 'is on disk'],
    ['what may get lost', forgets, 'warning', 'set fsync to on'],
    ['what else may', drops, 'warning', '(it is allkeys-lru)'],
    ['no dead letters', checkDeadLetters({ count: 0, since: null }), 'ok', 'No SMS failed'],
    ['dead letters', checkDeadLetters({ count: 2, since: new Date() }), 'warning', '2 SMS failed for good'],
  ])('%s', (_, check, state, detail) => {
    expect(check).toMatchObject({ state, detail: expect.stringContaining(detail) });
    if (state === 'ok') expect(check.since).toBeNull();
  });

  test('what waits tells since when', () => {
    const { since } = checkInboundBacklog(waiting(60));
    expect(Date.now() - since!.getTime()).toBeGreaterThanOrEqual(60_000);
  });

  test('all together are as bad as the worst', () => {
    const [ok, warning, failing] = [telephony('connected'), telephony('disconnected'), telephony('failing')];
    expect(worstOf([ok])).toBe('ok');
    expect(worstOf([ok, warning])).toBe('warning');
    expect(worstOf([failing, warning, ok])).toBe('failing');
  });
});
