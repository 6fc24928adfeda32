import type { FastifyInstance } from 'fastify';
import type { Account } from '../account/account.ts';
import { buildPhoneNumber, type NewPhoneNumber, type SmsSettings } from '../account/phone-number.ts';
import type { Twilio } from '../twilio.ts';
import { readUrl } from './account.routes.ts';
import { Fields } from './fields.ts';
import { phoneNumberOf } from './phones.routes.ts';
import { invalid, missing } from './sim-error.ts';

const MAX_NUMBERS = 10_000;
const FIRST_EXTRA_NUMBER = 15002000000;

interface Route {
  Params: { number: string };
}

/** Stands in for changes that somebody makes in Twilio's console. */
export function numbersRoutes(app: FastifyInstance, { account }: Twilio) {
  /** Adds `count` made-up numbers, and the given ones. A number that exists already gets the new settings. */
  app.put('/sim/v1/numbers', ({ body }) => {
    const fields = new Fields(body);
    const count = fields.integer('count', { max: MAX_NUMBERS }) ?? 0;
    const given = (fields.list('numbers', { max: MAX_NUMBERS }) ?? []).map((one, index) =>
      readNewNumber(new Fields(one, `numbers[${index}]`), account),
    );
    fields.end();
    const added = [...given, ...extraNumbers(account, count)].map((number) => buildPhoneNumber(number));
    account.add(added);
    return { added: added.length, total: account.numbers.size, numbers: added };
  });

  /** Also moves the number into a Messaging Service; null removes it from one. */
  app.post<Route>('/sim/v1/numbers/:number', ({ params, body }) => {
    const number = find(account, params.number);
    const fields = new Fields(body);
    const settings = readSettings(fields, account);
    const serviceSid = fields.nullableText('messagingServiceSid');
    fields.end();
    if (serviceSid && !account.services.has(serviceSid)) {
      throw invalid('messagingServiceSid', 'is not a Messaging Service of the account');
    }
    if (serviceSid !== undefined) account.moveToService(number.phoneNumber, serviceSid);
    account.update(number, settings);
    return { ...number, messagingServiceSid: account.serviceOf(number.phoneNumber)?.sid ?? null };
  });

  app.delete<Route>('/sim/v1/numbers/:number', ({ params }, reply) => {
    account.remove(find(account, params.number).phoneNumber);
    return reply.code(204).send();
  });
}

function find(account: Account, text: string) {
  const number = account.numbers.get(text) ?? account.numbers.get(phoneNumberOf(text));
  if (!number) throw missing(`number ${text} in the account`);
  return number;
}

function readNewNumber(fields: Fields, account: Account): NewPhoneNumber {
  const phoneNumber = fields.requiredText('phoneNumber');
  if (!/^(\+[1-9]\d{6,14}|\d{3,6})$/.test(phoneNumber)) {
    throw fields.invalid('phoneNumber', 'must look like +15005550006, or be a short code');
  }
  const capabilities = fields.object('capabilities');
  const given = (['sms', 'mms', 'voice', 'fax'] as const).map((name) => [name, capabilities.flag(name)] as const);
  capabilities.end();
  const settings = readSettings(fields, account);
  fields.end();
  return {
    phoneNumber,
    capabilities: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    ...settings,
  };
}

function readSettings(fields: Fields, account: Account): Partial<SmsSettings> {
  const method = (name: string) => {
    const value = fields.text(name)?.toUpperCase();
    if (value !== undefined && value !== 'GET' && value !== 'POST') throw fields.invalid(name, 'must be GET or POST');
    return value;
  };
  const cleared = (text: string | null | undefined) => (text === null ? '' : text);
  const settings = {
    friendlyName: fields.text('friendlyName'),
    smsUrl: cleared(readUrl(fields, 'smsUrl')),
    smsMethod: method('smsMethod'),
    smsFallbackUrl: cleared(readUrl(fields, 'smsFallbackUrl')),
    smsFallbackMethod: method('smsFallbackMethod'),
    smsApplicationSid: cleared(fields.nullableText('smsApplicationSid')),
  };
  if (settings.smsApplicationSid && !account.applications.has(settings.smsApplicationSid)) {
    throw fields.invalid('smsApplicationSid', 'is not a TwiML app of the account');
  }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** Counts up from +1 500 200 0000. */
function extraNumbers(account: Account, count: number): NewPhoneNumber[] {
  const numbers: NewPhoneNumber[] = [];
  for (let next = FIRST_EXTRA_NUMBER; numbers.length < count; next++) {
    const phoneNumber = `+${next}`;
    if (!account.numbers.has(phoneNumber)) numbers.push({ phoneNumber, friendlyName: `Number ${numbers.length + 1}` });
  }
  return numbers;
}
