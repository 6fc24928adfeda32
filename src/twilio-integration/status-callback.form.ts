import { toMessageStatus } from './message-status.js';
import type { Decoded, TwilioForm } from './twilio-form.js';
import type { MessageAtTwilio } from './twilio-messages.service.js';

const MESSAGE_SID = /^(SM|MM)[0-9a-fA-F]{32}$/;

/**
 * Translates the status of a message that Twilio reports.
 * https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
 * As with an inbound SMS each parameter must be there once and have its shape: the
 * signature does not separate names from values.
 */
export function decodeStatusCallback(form: TwilioForm): Decoded<MessageAtTwilio> {
  for (const name of ['MessageSid', 'MessageStatus']) {
    if (form.count(name) !== 1) return { reason: `${name} occurs ${form.count(name)} times instead of once` };
  }
  const sid = form.get('MessageSid')!;
  if (!MESSAGE_SID.test(sid)) return { reason: 'MessageSid is not SM or MM and 32 hex digits' };
  const status = toMessageStatus(form.get('MessageStatus')!);
  if (status === null) return { reason: 'MessageStatus is not a status of an outbound message' };
  const code = form.get('ErrorCode') ?? '';
  return { value: { sid, status, segments: null, errorCode: /^\d{1,6}$/.test(code) ? Number(code) : null } };
}
