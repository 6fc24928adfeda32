/**
 * The statuses of a message, in their order. `queued`: it waits here; `unknown`: Twilio may have it, but could not be asked;
 * `sending`: Twilio has it. Status callbacks may be repeated and out of order, so a status only ever moves forward.
 */
export const MESSAGE_STATUSES = [
  'queued',
  'unknown',
  'sending',
  'sent',
  'failed',
  'undelivered',
  'delivered',
  'read',
] as const;

export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Twilio reports no other status after one of these, except `read` after `delivered`. */
export const FINAL_STATUSES: readonly MessageStatus[] = ['failed', 'undelivered', 'delivered', 'read'];

// https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
const TWILIO_STATUSES: Record<string, MessageStatus> = {
  accepted: 'sending',
  scheduled: 'sending',
  queued: 'sending',
  sending: 'sending',
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
  read: 'read',
};

/** @returns null for a status that Twilio has added since */
export const toMessageStatus = (twilioStatus: string): MessageStatus | null => TWILIO_STATUSES[twilioStatus] ?? null;
