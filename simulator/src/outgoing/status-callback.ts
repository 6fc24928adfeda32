import { API_VERSION } from '../inbound/inbound-form.ts';
import type { Message, MessageStatus } from '../message/message.ts';
import type { Form } from '../webhook/form.ts';

/** https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks */
export function statusCallbackForm(message: Message, status: MessageStatus, accountSid: string): Form {
  const { sid, to, from, messagingServiceSid, errorCode, errorMessage } = message;
  const form: Form = [
    ['SmsSid', sid],
    ['SmsStatus', status],
    ['MessageStatus', status],
    ['To', to],
  ];
  if (messagingServiceSid) form.push(['MessagingServiceSid', messagingServiceSid]);
  form.push(['MessageSid', sid], ['AccountSid', accountSid], ['From', from ?? ''], ['ApiVersion', API_VERSION]);
  if (errorCode !== null && (status === 'undelivered' || status === 'failed')) {
    form.push(['ErrorCode', String(errorCode)], ['ErrorMessage', errorMessage ?? '']);
  }
  return form;
}
