import { encodeForm } from '../../simulator/src/webhook/form.ts';
import { FORM_TYPE, type GenuineSms } from './genuine-sms.ts';
import type { Random } from './random.ts';

/** Writes bytes for the service's port that are broken HTTP, or not HTTP at all. */
export type Nonsense = (sms: GenuineSms, random: Random) => string;

const CRLF = '\r\n';

interface Parts {
  line?: string;
  headers?: string[];
  /** Replaces the form. */
  body?: string;
}

/** Writes the request of an SMS with its signature; `Parts` replace some of its lines. */
function write({ url, params, signature }: GenuineSms, { line, headers, body }: Parts): string {
  const form = encodeForm(params);
  return [
    line ?? `POST ${new URL(url).pathname} HTTP/1.1`,
    'Host: localhost',
    `Content-Type: ${FORM_TYPE}`,
    `X-Twilio-Signature: ${signature}`,
    ...(headers ?? [`Content-Length: ${form.length}`]),
    '',
    body ?? form,
  ].join(CRLF);
}

const pathOf = ({ url }: GenuineSms): string => new URL(url).pathname;
const lengthOf = ({ params }: GenuineSms): number => encodeForm(params).length;

export const NONSENSE: Record<string, Nonsense> = {
  'not HTTP': (_, random) => random.textOf('\0\x01\r\n\x80\xffGETPOS /:', 1 + random.below(2_000)),
  'the start of TLS': () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'the start of HTTP/2': () => `PRI * HTTP/2.0${CRLF}${CRLF}SM${CRLF}${CRLF}`,
  'HTTP/0.9': (sms) => `POST ${pathOf(sms)}${CRLF}`,
  'HTTP/9.9': (sms) => write(sms, { line: `POST ${pathOf(sms)} HTTP/9.9` }),
  'a space in the path': (sms) => write(sms, { line: `POST ${pathOf(sms)} x HTTP/1.1` }),
  'a NUL in the path': (sms) => write(sms, { line: `POST ${pathOf(sms)}\0 HTTP/1.1` }),
  'a NUL in a header': (sms) => write(sms, { headers: ['X-Nul: a\0b', `Content-Length: ${lengthOf(sms)}`] }),
  'a header without a name': (sms) => write(sms, { headers: [': x', `Content-Length: ${lengthOf(sms)}`] }),
  'a space before the colon': (sms) => write(sms, { headers: [`Content-Length : ${lengthOf(sms)}`] }),
  'two lengths': (sms) => write(sms, { headers: [`Content-Length: ${lengthOf(sms)}`, 'Content-Length: 5'] }),
  'a negative length': (sms) => write(sms, { headers: ['Content-Length: -1'] }),
  'a length with a plus': (sms) => write(sms, { headers: [`Content-Length: +${lengthOf(sms)}`] }),
  'a length in hex': (sms) => write(sms, { headers: [`Content-Length: 0x${lengthOf(sms).toString(16)}`] }),
  'a length too large for a number': (sms) => write(sms, { headers: ['Content-Length: 99999999999999999999999'] }),
  'a length larger than the form': (sms) => write(sms, { headers: [`Content-Length: ${lengthOf(sms) + 10}`] }),
  'a length smaller than the form': (sms) => write(sms, { headers: [`Content-Length: ${lengthOf(sms) - 10}`] }),
  'length and chunks': (sms) =>
    write(sms, {
      headers: [`Content-Length: ${lengthOf(sms)}`, 'Transfer-Encoding: chunked'],
      body: `0${CRLF}${CRLF}${encodeForm(sms.params)}`,
    }),
  'an unknown encoding': (sms) =>
    write(sms, { headers: ['Transfer-Encoding: xchunked'], body: encodeForm(sms.params) }),
  'chunk lengths that are not hex': (sms) =>
    write(sms, { headers: ['Transfer-Encoding: chunked'], body: `zz${CRLF}x${CRLF}0${CRLF}${CRLF}` }),
  'a chunk longer than its length': (sms) =>
    write(sms, { headers: ['Transfer-Encoding: chunked'], body: `1${CRLF}${encodeForm(sms.params)}${CRLF}0${CRLF}` }),
  'chunks without an end': (sms) =>
    write(sms, {
      headers: ['Transfer-Encoding: chunked'],
      body: `${lengthOf(sms).toString(16)}${CRLF}${encodeForm(sms.params)}${CRLF}`,
    }),
  'a chunk of 4 GiB': (sms) => write(sms, { headers: ['Transfer-Encoding: chunked'], body: `FFFFFFFF${CRLF}x` }),
  'a request within the form of another': (sms) =>
    write({ ...sms, signature: 'x' }, { headers: ['Content-Length: 0'], body: write({ ...sms, signature: 'y' }, {}) }),
};
