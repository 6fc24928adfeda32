import { type MessageStatus, toMessageStatus } from './message-status.js';
import type { TwilioForm } from './twilio-form.js';

/** What became of a message, as Twilio tells it. https://www.twilio.com/docs/messaging/guides/track-outbound-message-status */
export interface StatusCallback {
  messageSid: string;
  status: MessageStatus;
  errorCode: number | null;
}

const MESSAGE_SID = /^(SM|MM)[0-9a-fA-F]{32}$/;

/**
 * Twilio's words become ours. As with an inbound SMS each parameter must be there once and have its shape: the
 * signature does not separate names from values.
 * @returns a sentence when it is no status Twilio would tell
 */
export function decodeStatusCallback(form: TwilioForm): StatusCallback | string {
  for (const name of ['MessageSid', 'MessageStatus']) {
    if (form.count(name) !== 1) return `${name} came ${form.count(name)} times instead of once`;
  }
  const messageSid = form.get('MessageSid')!;
  if (!MESSAGE_SID.test(messageSid)) return 'MessageSid is not SM or MM and 32 hex digits';
  const status = toMessageStatus(form.get('MessageStatus')!);
  if (status === null) return 'MessageStatus is not a status of an outbound message';
  const code = form.get('ErrorCode') ?? '';
  return { messageSid, status, errorCode: /^\d{1,6}$/.test(code) ? Number(code) : null };
}
