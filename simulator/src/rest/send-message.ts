import type { MessagingService } from '../account/messaging-service.ts';
import type { PhoneNumber } from '../account/phone-number.ts';
import { mediaFromUrl } from '../message/media.ts';
import type { Message } from '../message/message.ts';
import { REFUSED_FROM, REFUSED_TO, sendError } from './send-errors.ts';
import { badRequest, TwilioError } from './twilio-error.ts';
import { textOf, type FormBody } from './sms-settings.ts';
import type { Twilio } from '../twilio.ts';
import { isWebUrl } from '../webhook/address.ts';

const MAX_BODY_LENGTH = 1_600;
const MAX_MEDIA = 10;

/** `POST Messages.json`: checks the request as Twilio does, in the same order, and dispatches the message. */
export function sendMessage(twilio: Twilio, form: FormBody): Message {
  const { messages, media, optOuts, outgoing, trouble } = twilio;
  const to = textOf(form.To) ?? '';
  if (!to) throw sendError(21604);
  if (!/^\+[1-9]\d{6,14}$/.test(to)) throw sendError(21211, { to });

  const service = form.MessagingServiceSid ? findService(twilio, textOf(form.MessagingServiceSid)!) : undefined;
  const from = textOf(form.From) || undefined;
  if (!from && !service) throw sendError(21603);
  const sender = from ? findSender(twilio, from) : senderOf(twilio, service!);
  if (to === sender.phoneNumber) throw sendError(21266);

  const body = textOf(form.Body) ?? '';
  const mediaUrls = [form.MediaUrl ?? []].flat().filter(Boolean);
  if (!body.trim() && mediaUrls.length === 0) throw sendError(21602);
  if (body.length > MAX_BODY_LENGTH) throw sendError(21617);
  if (mediaUrls.length > MAX_MEDIA) throw sendError(21623);
  if (!mediaUrls.every(isWebUrl)) throw sendError(21620);
  const statusCallback = textOf(form.StatusCallback) || service?.statusCallback;
  if (statusCallback && !isWebUrl(statusCallback)) {
    throw badRequest(21609, `The 'StatusCallback' URL ${statusCallback} is not a valid URL.`);
  }

  const code = trouble.takeSendError() ?? REFUSED_TO[to];
  if (code) throw sendError(code, { to, from: sender.phoneNumber });
  if (optOuts.has(to, sender.phoneNumber)) throw sendError(21610);

  const message = messages.add({
    direction: 'outbound-api',
    status: service && !from ? 'accepted' : 'queued',
    from: service && !from ? null : sender.phoneNumber,
    to,
    body,
    numMedia: mediaUrls.length,
    messagingServiceSid: service?.sid ?? null,
  });
  media.add(message.sid, mediaUrls.map(mediaFromUrl));
  outgoing.dispatch(message, statusCallback, () => sender.phoneNumber);
  return message;
}

function findSender({ account }: Twilio, from: string): PhoneNumber {
  const number = account.numbers.get(from);
  if (number?.capabilities.sms) return number;
  // A number, a short code, or a sender name of up to 11 letters, digits and spaces.
  const isSenderId = /^(\+?\d{3,15}|(?=.*[a-z])[a-z0-9 ]{1,11})$/i.test(from);
  throw sendError(REFUSED_FROM[from] ?? (isSenderId ? 21606 : 21212), { from });
}

function findService({ account }: Twilio, sid: string): MessagingService {
  const found = account.services.get(sid);
  if (!found) throw new TwilioError(404, 20404, `The requested resource /Services/${sid} was not found`);
  return found;
}

function senderOf({ account }: Twilio, { phoneNumbers }: MessagingService): PhoneNumber {
  const number = phoneNumbers.map((member) => account.numbers.get(member)).find((one) => one?.capabilities.sms);
  if (!number) throw badRequest(21704, 'The Messaging Service contains no phone numbers');
  return number;
}
