import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { encodeForm, type Form } from '../../simulator/src/webhook/form.ts';
import { signForm } from '../support/signed-forms.ts';
import { type GenuineSms, sign, toRequest, withHeaders, withoutHeader, writeSms } from './genuine-sms.ts';
import type { Random } from './random.ts';
import type { RawRequest } from './raw-request.ts';

/** Turns an SMS that Twilio signed, and that never arrived, into a request that must not be accepted. */
export type Forgery = (sms: GenuineSms, random: Random) => RawRequest;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const KIB = 1024;

const replaceAt = (text: string, i: number, letter: string): string => text.slice(0, i) + letter + text.slice(i + 1);
const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter > 'Z' ? letter.toUpperCase() : letter.toLowerCase()));
/** Replaces a letter by a different one of the alphabet. */
const changeLetter = (text: string, i: number, alphabet: string, random: Random): string =>
  replaceAt(text, i, random.pick([...alphabet].filter((letter) => letter !== text[i])));

/** Replaces the signature. */
const signedAs =
  (signature: (sms: GenuineSms, random: Random) => string): Forgery =>
  (sms, random) =>
    toRequest({ ...sms, signature: signature(sms, random) });

const hmac = (token: string, text: string, algorithm = 'sha1'): string =>
  createHmac(algorithm, token).update(text).digest('base64');
const signedText = ({ url, params }: GenuineSms): string =>
  url +
  params
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flat()
    .join('');
const signedFor =
  (url: (url: string, random: Random) => string): Forgery =>
  (sms, random) =>
    toRequest({ ...sms, signature: signForm(sms.target.authToken, url(sms.url, random), encodeForm(sms.params)) });

/** Keeps the right signature, but sends the request to another path. */
const sentTo =
  (path: (path: string, random: Random) => string): Forgery =>
  (sms, random) =>
    toRequest(sms, { path: path(new URL(sms.url).pathname, random) });

/** Keeps the right signature, but changes the parameters. */
const withParams =
  (change: (params: Form, random: Random) => Form): Forgery =>
  (sms, random) =>
    toRequest({ ...sms, params: change(structuredClone(sms.params), random) });
const withBytes =
  (change: (body: string, random: Random) => string): Forgery =>
  (sms, random) =>
    toRequest(sms, { body: Buffer.from(change(encodeForm(sms.params), random), 'latin1') });
const withValue = (name: string, value: (value: string, random: Random) => string): Forgery =>
  withParams((params, random) =>
    params.map(([each, old]) => [each, each === name ? value(old, random) : old] as [string, string]),
  );

const byMethod =
  (method: string, ...headers: [string, string][]): Forgery =>
  (sms) =>
    withHeaders(toRequest(sms, { method }), ...headers);
const ofType =
  (type: string): Forgery =>
  (sms) =>
    withHeaders(toRequest(sms), ['Content-Type', type]);

/** Signs with the right token, but for a host that only the request itself claims. */
const claimingHost =
  (...headers: [string, string][]): Forgery =>
  (sms) => {
    const { pathname } = new URL(sms.url);
    const signature = signForm(sms.target.authToken, `https://evil.example${pathname}`, encodeForm(sms.params));
    return withHeaders(toRequest({ ...sms, signature }), ...headers);
  };

export const FORGERIES: Record<string, Forgery> = {
  // The signature
  'no signature': (sms) => withoutHeader(toRequest(sms), 'X-Twilio-Signature'),
  'an empty signature': signedAs(() => ''),
  'a short signature': signedAs(({ signature }, random) => signature.slice(0, 1 + random.below(27))),
  'a long signature': signedAs(({ signature }, random) => signature + random.textOf(BASE64, 1 + random.below(500))),
  'one letter of the signature changed': signedAs(({ signature }, random) =>
    changeLetter(signature, random.below(27), BASE64, random),
  ),
  'the signature without padding': signedAs(({ signature }) => signature.replace(/=$/, '')),
  'the signature in hex': signedAs(({ signature }) => Buffer.from(signature, 'base64').toString('hex')),
  'the signature in the other case': signedAs(({ signature }) => swapCase(signature)),
  'the signature twice': signedAs(({ signature }) => `${signature}, ${signature}`),
  'the signature in two headers': (sms) => {
    const { headers, ...request } = toRequest(sms);
    return { ...request, headers: [...headers, ['X-Twilio-Signature', sms.signature]] };
  },
  'a signature of bytes beyond ASCII': signedAs((_, random) => random.textOf('äöüß\u00ff\u0080', 28)),
  'a random signature': signedAs((_, random) => `${random.textOf(BASE64, 27)}=`),
  'the signature of another SMS': signedAs(({ target }, random) => writeSms(target, random).signature),
  'a token of another account': signedAs((sms, random) => hmac(random.hex(32), signedText(sms))),
  'an empty token': signedAs((sms) => hmac('', signedText(sms))),
  'the token in capitals': signedAs((sms) =>
    hmac(`${sms.target.authToken.toUpperCase().slice(0, 31)}X`, signedText(sms)),
  ),
  'the AccountSid as token': signedAs((sms) => hmac(sms.target.accountSid, signedText(sms))),
  'the webhook key as token': signedAs((sms) => hmac(sms.url.split('/').at(-1)!, signedText(sms))),
  'SHA-256': signedAs((sms) => hmac(sms.target.authToken, signedText(sms), 'sha256')),
  'the URL alone signed': signedAs((sms) => hmac(sms.target.authToken, sms.url)),
  'the parameters alone signed': signedAs((sms) => hmac(sms.target.authToken, signedText({ ...sms, url: '' }))),
  'the bytes of the form signed': signedAs((sms) => hmac(sms.target.authToken, sms.url + encodeForm(sms.params))),

  // The URL that was signed
  'signed for http': signedFor((url) => url.replace('https:', 'http:')),
  'signed for another host': signedFor((url) => url.replace('localhost', 'localhost.evil.example')),
  'signed for the host in capitals': signedFor((url) => url.replace('localhost', 'LOCALHOST')),
  'signed for another port': signedFor((url, random) => url.replace(/:\d+\//, `:${10 + random.below(900)}/`)),
  'signed with a user': signedFor((url) => url.replace('//', '//user:password@')),
  'signed with a query': signedFor((url) => `${url}?a=1`),
  'signed with a fragment': signedFor((url) => `${url}#rc=3`),
  'signed with a slash at the end': signedFor((url) => `${url}/`),
  'signed for the other route': signedFor((url) => url.replace('/sms/', '/status/')),
  'signed for another key': signedFor((url, random) => url.slice(0, -32) + random.hex(32)),
  'claiming a Host': claimingHost(['Host', 'evil.example']),
  'claiming X-Forwarded-Host': claimingHost(['X-Forwarded-Host', 'evil.example'], ['X-Forwarded-Proto', 'https']),
  'claiming Forwarded': claimingHost(['Forwarded', 'for=1.2.3.4;host=evil.example;proto=https']),
  'claiming X-Original-URL': claimingHost(['X-Original-URL', 'https://evil.example/webhooks/twilio/sms']),
  'claiming every proxy header': claimingHost(
    ['Host', 'evil.example'],
    ['X-Forwarded-Host', 'evil.example'],
    ['X-Forwarded-Server', 'evil.example'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Prefix', '/'],
    ['X-Host', 'evil.example'],
    ['X-Rewrite-URL', '/webhooks/twilio/sms'],
  ),

  // The URL that it is sent to
  'to another key': sentTo((path, random) => path.slice(0, -32) + random.hex(32)),
  'to a key with one letter changed': sentTo((path, random) =>
    changeLetter(path, path.length - 1 - random.below(32), 'abcdefghijklmnopqrstuvwxyz0123456789', random),
  ),
  'to the key in capitals': sentTo((path) => path.slice(0, -32) + path.slice(-32).toUpperCase()),
  'to a key too long': sentTo((path, random) => path + random.hex(1 + random.below(64))),
  'to a key too short': sentTo((path, random) => path.slice(0, -1 - random.below(31))),
  'to no key': sentTo((path) => path.slice(0, -32)),
  'to the path in capitals': sentTo((path) => path.replace('webhooks', 'WEBHOOKS')),
  'to a slash at the end': sentTo((path) => `${path}/`),
  'to two slashes': sentTo((path, random) => path.replace('/', random.pick(['//', '///']))),
  'to slashes that are encoded': sentTo((path, random) =>
    path.replace(random.pick(['/sms/', '/twilio/']), (part) => part.replaceAll('/', '%2F')),
  ),
  'to dots in the path': sentTo((path, random) =>
    path.replace('/twilio/', random.pick(['/twilio/./', '/x/../twilio/', '/twilio/%2e/', '/twilio/..;/twilio/'])),
  ),
  'to a matrix parameter': sentTo((path) => `${path};x=1`),
  'to the other route': sentTo((path) => path.replace('/sms/', '/status/')),
  'to the API': sentTo((path) => `/api/v1${path}`),
  'to a path that cannot be decoded': sentTo(
    (path, random) => path + random.pick(['%', '%zz', '%c0%af', '%00', '%ff']),
  ),
  'to a path below': sentTo((path) => `${path}/more`),

  // The parameters
  'a value changed': withParams((params, random) => {
    random.pick(params)[1] += random.hex(1);
    return params;
  }),
  'a parameter left out': withParams((params, random) => params.toSpliced(random.below(params.length), 1)),
  'a parameter added': withParams((params, random) => [...params, [`X${random.hex(4)}`, random.hex(4)]]),
  'an empty parameter added': withParams((params, random) => [...params, [`X${random.hex(4)}`, '']]),
  'a name in another case': withParams((params, random) => {
    const param = random.pick(params);
    param[0] = swapCase(param[0]);
    return params;
  }),
  'a name with a suffix': withParams((params, random) => {
    random.pick(params)[0] += random.pick(['[]', '[0]', '.', ' ']);
    return params;
  }),
  'names and values exchanged': withParams((params) => params.map(([name, value]) => [value, name])),
  'a parameter again with another value': withParams((params, random) => [
    ...params,
    [random.pick(params)[0], random.hex(9)],
  ]),
  'another AccountSid': withValue('AccountSid', (_, random) => `AC${random.hex(32)}`),
  'another MessageSid': withValue('MessageSid', (_, random) => `SM${random.hex(32)}`),
  'another From': withValue('From', (_, random) => `+1500558${random.textOf('0123456789', 4)}`),
  'another To': withValue('To', (_, random) => `+1500558${random.textOf('0123456789', 4)}`),
  'a space after the body': withValue('Body', (value) => `${value} `),
  'a NUL in the body': withValue('Body', (value) => `${value}\0`),
  'a plus decoded as a space': withValue('From', (value) => value.replace('+', ' ')),
  'half a surrogate pair': withBytes((body) => body.replace('Body=', 'Body=%ED%A0%80')),
  'bytes that are not UTF-8': withBytes((body, random) =>
    body.replace('Body=', `Body=${random.pick(['%FF', '%C0%80', '\xff', '\xfe\xff'])}`),
  ),
  'prototype names': withParams((params, random) => [
    ...params,
    [random.pick(['__proto__', 'constructor', '__proto__[AccountSid]', 'toString']), 'x'],
  ]),
  'a thousand parameters': withParams((params) => [
    ...params,
    ...Array.from({ length: 1_000 }, (_, i) => [`P${i}`, 'x'] as [string, string]),
  ]),
  'only separators': withBytes((_, random) => random.textOf('&=;?+%', 1 + random.below(2_000))),
  'garbage instead of the form': withBytes((_, random) =>
    random.textOf('\0\x01\x7f\x80\xff%&=+aZ', random.below(4_000)),
  ),
  'nothing instead of the form': withBytes(() => ''),
  'half of the form': withBytes((body, random) => body.slice(0, random.below(body.length - 40))),
  'a form of many KiB': withBytes((body, random) => `${body}&X=${'x'.repeat((65 + random.below(100)) * KIB)}`),
  'a zipped form': (sms) => {
    const body = gzipSync(encodeForm(sms.params));
    return withHeaders(toRequest(sms, { body }), ['Content-Encoding', 'gzip']);
  },

  // The method, the type, the headers
  GET: byMethod('GET'),
  'GET with the form in the query': (sms) =>
    toRequest(sms, {
      method: 'GET',
      path: `${new URL(sms.url).pathname}?${encodeForm(sms.params)}`,
      body: Buffer.alloc(0),
    }),
  HEAD: byMethod('HEAD'),
  PUT: byMethod('PUT'),
  PATCH: byMethod('PATCH'),
  DELETE: byMethod('DELETE'),
  OPTIONS: byMethod('OPTIONS', ['Origin', 'https://evil.example'], ['Access-Control-Request-Method', 'POST']),
  TRACE: byMethod('TRACE'),
  'an unknown method': byMethod('FORGE'),
  'GET that says POST': byMethod('GET', ['X-HTTP-Method-Override', 'POST'], ['X-Method-Override', 'POST']),
  'PUT that says POST': byMethod('PUT', ['X-HTTP-Method', 'POST']),
  'as JSON': ofType('application/json'),
  'as text': ofType('text/plain'),
  'as XML': ofType('text/xml'),
  'as multipart': ofType('multipart/form-data; boundary=x'),
  'as nearly a form': ofType('application/x-www-form-urlencoded-not'),
  'as no type': (sms) => withoutHeader(toRequest(sms), 'Content-Type'),
  'as JSON in JSON': (sms) =>
    withHeaders(toRequest(sms, { body: Buffer.from(JSON.stringify(Object.fromEntries(sms.params))) }), [
      'Content-Type',
      'application/json',
    ]),
  'with a key of the API': (sms) =>
    withHeaders(toRequest({ ...sms, signature: 'x' }), [
      'Authorization',
      `Bearer sik_${'a'.repeat(12)}_${'b'.repeat(43)}`,
    ]),
  'with headers of 20 KiB': (sms) => withHeaders(toRequest(sms), ['X-Flood', 'x'.repeat(20 * KIB)]),
  'with a thousand headers': (sms) =>
    withHeaders(
      toRequest({ ...sms, signature: 'x' }),
      ...Array.from({ length: 1_000 }, (_, i) => [`X${i}`, 'x'] as [string, string]),
    ),
  'a status callback with a random token': (sms, random) => {
    const url = `${sms.url.replace('/sms/', '/status/')}${random.hex(32)}`;
    const params: Form = [
      ['MessageSid', `SM${random.hex(32)}`],
      ['MessageStatus', 'delivered'],
      ['AccountSid', sms.target.accountSid],
    ];
    return toRequest({ ...sign({ ...sms.target, authToken: random.hex(32) }, url, params), url });
  },
};
