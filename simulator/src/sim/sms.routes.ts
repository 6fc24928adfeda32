import type { FastifyInstance } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import type { PhoneNumber } from '../account/phone-number.ts';
import type { InboundSms } from '../inbound/inbound.ts';
import { Overtaking } from '../inbound/overtaking.ts';
import { mediaFromUrl, type NewMedia } from '../message/media.ts';
import type { Delivery } from '../message/message.ts';
import type { OptOutType } from '../message/opt-outs.ts';
import type { TextTrouble } from '../records/trouble.ts';
import type { Twilio } from '../twilio.ts';
import { isWebUrl } from '../webhook/address.ts';
import { Fields } from './fields.ts';
import { invalid } from './sim-error.ts';
import { readTextTrouble } from './text-trouble.ts';

const MAX_BODY_LENGTH = 1_600;
const MAX_MEDIA = 10;

/** Sends a text from a phone, and answers once the webhook has answered. */
export function smsRoutes(app: FastifyInstance, twilio: Twilio) {
  const overtaking = new Overtaking();
  app.post('/sim/v1/sms', async ({ body }) => {
    const { trouble, ...text } = readSms(body, twilio);
    const sms = twilio.inbound.receive(text);
    if (!sms) return { messageSid: null, deliveries: [], note: 'dropped: its Messaging Service has no webhook' };
    if (trouble.lost) return { messageSid: sms.message.sid, deliveries: [] };
    const delivery = () => deliver(twilio, sms, trouble);
    const deliveries = await (trouble.outOfOrder ? overtaking.deliver(text.from, delivery) : delivery());
    return { messageSid: sms.message.sid, deliveries };
  });
}

async function deliver({ inbound }: Twilio, sms: InboundSms, trouble: TextTrouble): Promise<Delivery[]> {
  await wait(trouble.delayMs);
  const once = () => inbound.deliver(sms, trouble);
  if (trouble.together) return Promise.all(Array.from({ length: trouble.times }, once));
  const deliveries: Delivery[] = [];
  for (let time = 0; time < trouble.times; time++) deliveries.push(await once());
  return deliveries;
}

function readSms(body: unknown, twilio: Twilio) {
  const fields = new Fields(body);
  const from = readSender(fields.requiredText('from'));
  const sms = {
    from,
    number: readNumber(twilio, fields.requiredText('to'), 'to'),
    body: fields.text('body', { maxLength: MAX_BODY_LENGTH }) ?? '',
    media: readMedia(fields),
    optOutType: readOptOutType(fields.text('optOutType')),
    trouble:
      fields.any('trouble') === undefined ? twilio.trouble.textsOf(from) : readTextTrouble(fields.object('trouble')),
  };
  fields.end();
  return sms;
}

/** A phone number, a short code, a sender name, or an address of another channel such as `whatsapp:+…`. */
function readSender(from: string): string {
  if (/^([a-z]+:)?\+[1-9]\d{6,14}$|^\d{3,8}$|^(?=.*[A-Za-z])[\w -]{1,11}$/.test(from)) return from;
  throw invalid('from', 'must be a phone number such as +15005550101, a short code or a sender name');
}

export function readNumber({ account }: Twilio, to: string, field: string): PhoneNumber {
  const number = account.numbers.get(to);
  const withSms = [...account.numbers.values()].filter((one) => one.capabilities.sms).map((one) => one.phoneNumber);
  const choice = withSms.slice(0, 20).join(', ') + (withSms.length > 20 ? `, … (${withSms.length})` : '');
  if (!number) throw invalid(field, `must be a number of the account; these can receive SMS: ${choice}`);
  if (!number.capabilities.sms) throw invalid(field, `${to} cannot receive SMS; these can: ${choice}`);
  return number;
}

function readMedia(fields: Fields): NewMedia[] {
  const urls = (fields.list('mediaUrls', { max: MAX_MEDIA }) ?? []).map((url) => {
    if (typeof url === 'string' && isWebUrl(url)) return mediaFromUrl(url);
    throw invalid('mediaUrls', `must be http(s) URLs; this is not one: ${String(url).slice(0, 80)}`);
  });
  const files = (fields.list('media', { max: MAX_MEDIA }) ?? []).map((file, index) => {
    const media = new Fields(file, `media[${index}]`);
    const contentType = media.requiredText('contentType');
    const base64 = media.requiredText('base64', { maxLength: 10_000_000 });
    media.end();
    if (!/^[\w.+-]+\/[\w.+-]+$/.test(contentType)) throw invalid('media', `${contentType} is not a content type`);
    return { contentType, content: Buffer.from(base64, 'base64') };
  });
  return [...urls, ...files];
}

function readOptOutType(type: string | undefined): OptOutType | undefined {
  if (type === undefined || type === 'STOP' || type === 'START' || type === 'HELP') return type;
  throw invalid('optOutType', 'must be STOP, START or HELP');
}
