/**
 * How far a message has come, from first to last. `queued`: it waits here; `unknown`: Twilio may have it, and could not
 * be asked; `sending`: Twilio has it. Callbacks come out of order and twice, so a status only ever moves to the right.
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

/** Twilio will tell no other status after one of these, except `read` after `delivered`. */
export const FINAL_STATUSES: readonly MessageStatus[] = ['failed', 'undelivered', 'delivered', 'read'];

// https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
const OF_TWILIO: Record<string, MessageStatus> = {
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

/** @returns null for a word that Twilio has added since */
export const toMessageStatus = (twilioStatus: string): MessageStatus | null => OF_TWILIO[twilioStatus] ?? null;
