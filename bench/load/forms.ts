import { randomBytes } from 'node:crypto';
import { encodeForm, type Form } from '../../simulator/src/webhook/form.ts';
import { sign } from '../../simulator/src/webhook/signature.ts';
import type { LoadPlan } from './plan.ts';

export interface SignedForm {
  messageSid: string;
  headers: Record<string, string>;
  body: string;
}

const TEXTS = [
  'Hello',
  'Hi, where is my order 48213? It should have been here on Monday.',
  'Quero trocar o meu pedido, por favor. Ainda não chegou nada e já faz duas semanas.',
  'Thanks! 👍',
  'Kann mich bitte jemand zurückrufen? Am besten nach 17 Uhr, vorher bin ich nicht am Telefon.',
  'Is the shop open today & tomorrow? I would come by at 10:30 + bring the old one (size 42).',
];
/** Further forms are signed when they are due, since a long run would need gigabytes for them. */
const MAX_SIGNED_AHEAD = 200_000;

/** The forms of a plan, each with its own MessageSid, signed before the clock starts. */
export function signForms(plan: LoadPlan): Iterator<SignedForm, undefined> {
  const ahead = Array.from({ length: Math.min(plan.count, MAX_SIGNED_AHEAD) }, (_, n) => build(plan, n));
  return (function* (): Generator<SignedForm, undefined> {
    yield* ahead;
    for (let n = ahead.length; n < plan.count; n++) yield build(plan, n);
  })();
}

/** Builds a form as Twilio and the simulator send it. */
function build(
  { signedUrl, authToken, accountSid, to, customers, firstCustomer = 0 }: LoadPlan,
  n: number,
): SignedForm {
  const messageSid = `SM${randomBytes(16).toString('hex')}`;
  const form: Form = [
    ['ToCountry', 'US'],
    ['ToState', ''],
    ['SmsMessageSid', messageSid],
    ['NumMedia', '0'],
    ['ToCity', ''],
    ['FromZip', '94105'],
    ['SmsSid', messageSid],
    ['FromState', 'CA'],
    ['SmsStatus', 'received'],
    ['FromCity', 'SAN FRANCISCO'],
    ['Body', TEXTS[n % TEXTS.length]!],
    ['FromCountry', 'US'],
    ['To', to],
    ['ToZip', ''],
    ['NumSegments', '1'],
    ['MessageSid', messageSid],
    ['AccountSid', accountSid],
    ['From', `+1501${1_000_000 + firstCustomer + (n % customers)}`],
    ['ApiVersion', '2010-04-01'],
  ];
  return {
    messageSid,
    body: encodeForm(form),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'User-Agent': 'TwilioProxy/1.1',
      'X-Twilio-Signature': sign(authToken, signedUrl, form),
    },
  };
}
