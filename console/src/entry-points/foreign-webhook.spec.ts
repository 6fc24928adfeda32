import { expect, test } from '@jest/globals';
import type { SmsWebhookDto } from '../api/generated/types.gen.ts';
import { isForeign } from './foreign-webhook.ts';

const OURS = 'https://sms.example.com/webhooks/twilio/sms/abc';
const webhook = (smsUrl: string | null, smsApplicationSid: string | null = null): SmsWebhookDto => ({
  smsUrl,
  smsMethod: 'POST',
  smsApplicationSid,
});

test.each<[name: string, current: SmsWebhookDto | null, isForeign: boolean]>([
  ['nobody has asked Twilio', null, false],
  ['nothing is set', webhook(null), false],
  ['ours is set', webhook(OURS), false],
  ["ours, with Twilio's settings of the connection", webhook(`${OURS}#rc=3&rp=all`), false],
  ["somebody else's is set", webhook('https://crm.example/sms'), true],
  ["ours with another entry point's key", webhook(`${OURS}d`), true],
  ['ours with a query of somebody', webhook(`${OURS}?x=1`), true],
  ['an application stands before it', webhook(OURS, 'AP1'), true],
  ['only an application', webhook(null, 'AP1'), true],
])('%s: %s', (_name, current, expected) => {
  const { state, checkedAt } = { state: 'changed' as const, checkedAt: '2026-09-23T09:00:00Z' };
  const rest = { overridingService: null, previous: null, problem: null };
  expect(isForeign({ state, checkedAt, current, proposed: webhook(`${OURS}#rc=2`), ...rest })).toBe(expected);
});
