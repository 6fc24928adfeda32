import type { WebhookState } from './webhook-state.js';

/** Where Twilio posts the SMS of a number. */
export class SmsWebhookDto {
  /** Where Twilio posts its SMS; null for nowhere. @example "https://crm.example.com/sms" */
  smsUrl: string | null;

  /** With which HTTP method. @example "POST" */
  smsMethod: string | null;

  /** A TwiML application, which wins over `smsUrl`. @example "AP0123456789abcdef0123456789abcdef" */
  smsApplicationSid: string | null;
}

/** A Messaging Service that takes a number's SMS. */
export class MessagingServiceDto {
  /** Twilio's id of it. @example "MG0123456789abcdef0123456789abcdef" */
  sid: string;

  /** The name it has at Twilio. @example "Notifications" */
  friendlyName: string;
}

/** What is set at Twilio now, and what setting the webhook would put there. */
export class EntryPointWebhookDto {
  /** Whether SMS reach the entry point, or what keeps them away. */
  state: WebhookState;

  /** When Twilio was asked. @example "2026-11-24T10:31:00.000Z" */
  checkedAt: Date;

  /** What Twilio has now; null when the number is not in the account. */
  current: SmsWebhookDto | null;

  /** What setting the webhook would put there. */
  proposed: SmsWebhookDto;

  /** The Messaging Service that takes the SMS away from the number's own webhook. */
  overridingService: MessagingServiceDto | null;

  /** What stood there before the webhook was set; null when there is nothing to restore. */
  previous: SmsWebhookDto | null;

  /**
   * What keeps SMS away, and the way out; null when they arrive.
   * @example "Twilio does not post the SMS of this number anywhere. Set the webhook."
   */
  problem: string | null;
}

/** One step of setting or restoring a webhook. */
export class WebhookStepDto {
  /** Which step it was. @example "write" */
  step: 'read' | 'keep_previous' | 'write' | 'read_back';

  /** What was done, in words. @example "Cleared the TwiML application AP…, which Twilio would have preferred to the URL." */
  detail: string;

  /** What stood at Twilio, was kept, written or stands there, as the step has it; null when the number is not there. */
  webhook: SmsWebhookDto | null;
}

/** What setting or restoring a webhook did, step by step, and how it stands now. */
export class WebhookChangeDto extends EntryPointWebhookDto {
  /** What was done, in order. */
  steps: WebhookStepDto[];
}
