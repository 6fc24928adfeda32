import { encodeForm, type Form } from '../../simulator/src/webhook/form.ts';
import { signForm } from '../support/signed-forms.ts';
import type { Random } from './random.ts';
import type { RawRequest } from './raw-request.ts';

export const FORM_TYPE = 'application/x-www-form-urlencoded; charset=utf-8';

/** The webhook of one entry point that is attacked. */
export interface Target {
  accountSid: string;
  authToken: string;
  webhookUrl: string;
  to: string;
}

/** An SMS with the right signature, as Twilio sends it. */
export interface GenuineSms {
  target: Target;
  url: string;
  params: Form;
  signature: string;
}

const BODIES = [
  'Hello',
  '',
  '   ',
  'Is the bike still there? 🚲 Ça va; 50% + 50 & more = ?',
  'مرحبا ‮abc',
  'two\nlines\r\nand a\ttab',
  'nul \0 inside',
  '\'; DROP TABLE contacts; --"',
  '<script>alert(1)</script>',
  'Body=Hello&From=+1555',
  'long '.repeat(300),
];

/** Writes a new SMS from one of 500 customers. */
export function writeSms(target: Target, random: Random): GenuineSms {
  const messageSid = `SM${random.hex(32)}`;
  const params: Form = [
    ['ToCountry', 'US'],
    ['SmsMessageSid', messageSid],
    ['NumMedia', '0'],
    ['FromCity', ''],
    ['FromZip', ''],
    ['SmsSid', messageSid],
    ['SmsStatus', 'received'],
    ['Body', random.pick(BODIES) + (random.below(2) ? random.hex(8) : '')],
    ['To', target.to],
    ['NumSegments', '1'],
    ['MessageSid', messageSid],
    ['AccountSid', target.accountSid],
    ['From', `+1500557${String(random.below(500)).padStart(4, '0')}`],
    ['ApiVersion', '2010-04-01'],
  ];
  return sign(target, target.webhookUrl, params);
}

export function sign(target: Target, url: string, params: Form): GenuineSms {
  return { target, url, params, signature: signForm(target.authToken, url, encodeForm(params)) };
}

/** Turns an SMS into a request; `given` is what an attacker replaces. */
export function toRequest(
  { url, params, signature }: Pick<GenuineSms, 'url' | 'params' | 'signature'>,
  given: Partial<RawRequest> = {},
): RawRequest {
  const body = given.body ?? Buffer.from(encodeForm(params));
  return {
    method: 'POST',
    path: new URL(url).pathname,
    headers: [
      ['Host', new URL(url).host],
      ['Content-Type', FORM_TYPE],
      ['X-Twilio-Signature', signature],
      ['Content-Length', String(body.length)],
    ],
    body,
    ...given,
  };
}

/** Sets headers, which replace all existing ones with the same name. */
export function withHeaders(request: RawRequest, ...given: [name: string, value: string][]): RawRequest {
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  return { ...request, headers: [...request.headers.filter(([name]) => !names.has(name.toLowerCase())), ...given] };
}

export function withoutHeader(request: RawRequest, name: string): RawRequest {
  return { ...request, headers: request.headers.filter(([each]) => each !== name) };
}
