import { describe, expect, test } from '@jest/globals';
import type { HealthCheckDto, HealthReportDto } from '../api/generated/types.gen.ts';
import { reportText } from './report-text.ts';

const AT = new Date('2026-09-23T09:00:00Z');

const check = (given: Partial<HealthCheckDto> = {}): HealthCheckDto => ({
  name: 'database',
  state: 'ok',
  detail: 'The database answers in 2 ms.',
  reason: 'database_answers',
  params: {},
  since: null,
  entryPoints: [],
  ...given,
});

const report = (given: Partial<HealthReportDto> = {}): HealthReportDto => ({
  status: 'ok',
  checks: [check()],
  queues: [],
  backlog: { unprocessed: 0, oldestUnprocessedSeconds: null, outboundWaiting: 0, oldestOutboundSeconds: null },
  flow: [],
  ...given,
});

const secretIn = (detail: string): string =>
  reportText(report({ checks: [check({ detail })] }), '1.0.0', AT)
    .split('[ok] database: ')[1]!
    .split('\n')[0]!;

test('The whole report, line by line', () => {
  const text = reportText(
    report({
      status: 'failing',
      checks: [
        check(),
        check({ name: 'clock', state: 'failing', detail: 'It is late.', since: '2026-09-23T08:00:00Z' }),
      ],
      backlog: { unprocessed: 3, oldestUnprocessedSeconds: 40, outboundWaiting: 1, oldestOutboundSeconds: null },
      flow: [
        { minute: '2026-09-23T08:58:00Z', received: 5, accepted: 4, replied: 1 },
        { minute: '2026-09-23T08:59:00Z', received: 2, accepted: 2, replied: 0 },
      ],
      queues: [
        { name: 'inbound-sms', waiting: 2, active: 1, delayed: 0, failed: 4, oldestWaitingSeconds: 9 },
        { name: 'outbound-sms', waiting: 0, active: 0, delayed: 0, failed: 0, oldestWaitingSeconds: null },
      ],
    }),
    '1.2.3',
    AT,
  );
  expect(text.split('\n')).toEqual([
    'sms-inbound 1.2.3, 2026-09-23T09:00:00.000Z: failing',
    '',
    '[ok] database: The database answers in 2 ms.',
    '[failing] clock: It is late. (since 2026-09-23T08:00:00Z)',
    '',
    'SMS waiting: 3, the oldest for 40 s',
    'messages to send: 1, the oldest for 0 s',
    'last 2 minutes: received 7, accepted 6, replied 1',
    'queue inbound-sms: waiting 2 (the oldest for 9 s), active 1, delayed 0, failed 4',
    'queue outbound-sms: waiting 0 (the oldest for 0 s), active 0, delayed 0, failed 0',
    '',
  ]);
});

describe('What nobody outside needs to know is left out', () => {
  test.each<[detail: string, shown: string]>([
    ['Account AC0123456789abcdef0123456789abcdef failed.', 'Account AC…cdef failed.'],
    ['SM0123456789abcdef0123456789abcdef and MM0123456789abcdef0123456789abcd00', 'SM…cdef and MM…cd00'],
    ['POST /webhooks/twilio/sms/0123456789abcdefghijklmnopqrstuv failed.', 'POST /webhooks/twilio/sms/… failed.'],
    ['The token 0123456789abcdef0123456789abcdef is wrong.', 'The token … is wrong.'],
    ['postgres://sms:s3cret@db.example:5432/sms', 'postgres://…@db.example:5432/sms'],
    ['redis://:s3cret@cache:6379 and https://user@proxy', 'redis://…@cache:6379 and https://…@proxy'],
    // What is no secret stays readable.
    ['https://sms.example.com/health', 'https://sms.example.com/health'],
    ['Ask admin@example.com.', 'Ask admin@example.com.'],
    ['The queue inbound-sms has 12345678901234567890 jobs.', 'The queue inbound-sms has 12345678901234567890 jobs.'],
  ])('%s', (detail, shown) => {
    expect(secretIn(detail)).toBe(shown);
  });
});

test('A service that has not said its version yet', () => {
  expect(reportText(report(), undefined, AT)).toMatch(/^sms-inbound , 2026/);
});
