import type { Media } from '../message/media.ts';
import type { Message } from '../message/message.ts';
import type { OptOutType } from '../message/opt-outs.ts';
import type { Form } from '../webhook/form.ts';
import { placeOf } from './geography.ts';

export const API_VERSION = '2010-04-01';

interface FormContext {
  accountSid: string;
  apiUrl: string;
  media: Media[];
  optOutType?: OptOutType;
}

/** https://www.twilio.com/docs/messaging/guides/webhook-request: the fields, in the order in which Twilio sends them. */
export function inboundForm(message: Message, { accountSid, apiUrl, media, optOutType }: FormContext): Form {
  const { sid, from, to, body, messagingServiceSid } = message;
  const [fromPlace, toPlace] = [placeOf(from!), placeOf(to)];
  const form: Form = [
    ['ToCountry', toPlace.country],
    ['ToState', toPlace.state],
    ['SmsMessageSid', sid],
    ['NumMedia', String(message.numMedia)],
    ['ToCity', toPlace.city],
    ['FromZip', fromPlace.zip],
    ['SmsSid', sid],
    ['FromState', fromPlace.state],
    ['SmsStatus', 'received'],
    ['FromCity', fromPlace.city],
    ['Body', body],
    ['FromCountry', fromPlace.country],
    ['To', to],
  ];
  if (messagingServiceSid) form.push(['MessagingServiceSid', messagingServiceSid]);
  if (optOutType) form.push(['OptOutType', optOutType]);
  form.push(
    ['ToZip', toPlace.zip],
    ['NumSegments', String(message.numSegments)],
    ['MessageSid', sid],
    ['AccountSid', accountSid],
    ['From', from!],
    ['ApiVersion', API_VERSION],
  );
  media.forEach(({ sid: mediaSid, contentType }, index) =>
    form.push(
      [`MediaContentType${index}`, contentType],
      [`MediaUrl${index}`, `${apiUrl}/${API_VERSION}/Accounts/${accountSid}/Messages/${sid}/Media/${mediaSid}`],
    ),
  );
  return form;
}
