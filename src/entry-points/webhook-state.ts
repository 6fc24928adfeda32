import type { SmsWebhook } from '../twilio-integration/twilio-number.js';

/** Whether the SMS of an entry point's number reach it, as Twilio's settings say. */
export const WEBHOOK_STATES = [
  'set',
  'not_set',
  'changed',
  'overridden_by_application',
  'overridden_by_messaging_service',
  'number_missing',
  'unknown',
] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** What Twilio has now for a number; null when the account has no such number (any more). */
export interface WebhookAtTwilio {
  number: SmsWebhook | null;
  overridingService: { sid: string; friendlyName: string } | null;
}

/** Compares what Twilio has with what the entry point wants; the first thing in the way decides. */
export function judgeWebhook({ number, overridingService }: WebhookAtTwilio, webhookUrl: string): WebhookState {
  if (number === null) return 'number_missing';
  if (overridingService !== null) return 'overridden_by_messaging_service';
  if (number.smsApplicationSid !== null) return 'overridden_by_application';
  if (number.smsUrl === null) return 'not_set';
  return withoutFragment(number.smsUrl) === webhookUrl && number.smsMethod === 'POST' ? 'set' : 'changed';
}

/** The fragment holds Twilio's connection overrides; it is neither sent nor signed. */
export const withoutFragment = (url: string): string => url.split('#', 1)[0]!;
