import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import twilio from 'twilio';
import { isSignedByTwilio } from './signature.js';
import { TwilioForm } from './twilio-form.js';

const { getExpectedTwilioSignature, validateRequest } = twilio;

type Params = [name: string, value: string][];

/** A signed request, and what was changed after it was signed. */
interface Case {
  token: string;
  url: string;
  params: Params;
  /** The parts of the received request that differ from the signed one. */
  changed: { url?: string; params?: Params; token?: string; signature?: string | undefined };
}

const TOKEN = fc.stringMatching(/^[0-9a-f]{32}$/);
const NAME = fc.oneof(
  fc.constantFrom(
    'From',
    'To',
    'Body',
    'MessageSid',
    'FromCity',
    'body',
    'MediaUrl0',
    '?Body',
    '__proto__',
    'a+b',
    'ß',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);
const VALUE = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '+15005550101',
    'a+b',
    '100%',
    '%2B',
    'before\0after',
    ' both ends ',
    'a=b&c=d',
    '😀 שלום',
    '\r\n',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const PARAMS: fc.Arbitrary<Params> = fc.array(fc.tuple(NAME, VALUE), { maxLength: 20 });
const WEBHOOK_URL = fc
  .tuple(
    fc.constantFrom('https', 'http'),
    fc.constantFrom('sms.example.com', 'localhost', '127.0.0.1', '[::1]'),
    fc.constantFrom('', ':8443', ':3000', ':443', ':80'),
    fc.stringMatching(/^[a-z0-9]{32}$/),
    fc.constantFrom('', '?a=1&b=2'),
  )
  .map(([scheme, host, port, key, query]) => `${scheme}://${host}${port}/webhooks/twilio/sms/${key}${query}`);

const CHANGED: fc.Arbitrary<(signed: Omit<Case, 'changed'>) => Case['changed']> = fc.oneof(
  fc.constant(() => ({})),
  fc.constant(({ params }: Pick<Case, 'params'>) => ({ params: params.toReversed() })),
  fc.constant(({ params }: Pick<Case, 'params'>) => ({ params: params.filter(([, value]) => value !== '') })),
  fc.constant(({ params }: Pick<Case, 'params'>) => ({
    params: params.map(([name, value]) => [name, value.trim()] as [string, string]),
  })),
  fc.tuple(fc.nat(), VALUE).map(([at, value]) => ({ params }: Pick<Case, 'params'>) => {
    const param = params[at % params.length];
    return param === undefined ? {} : { params: params.with(params.indexOf(param), [param[0], value]) };
  }),
  fc.tuple(NAME, VALUE).map((more) => ({ params }: Pick<Case, 'params'>) => ({ params: [...params, more] })),
  fc.nat().map((at) => ({ params }: Pick<Case, 'params'>) => ({
    params: [...params, ...params.slice(at % (params.length + 1))],
  })),
  TOKEN.map((token) => () => ({ token })),
  WEBHOOK_URL.map((url) => () => ({ url })),
  fc.constant(({ url }: Pick<Case, 'url'>) => ({ url: `${url}/` })),
  fc.constant(({ url }: Pick<Case, 'url'>) => ({ url: url.replace(/:\d+(?=\/webhooks)/, '') })),
  fc.constantFrom('', undefined, 'A', '=', 'L/OH5YylLD5NRKLltdqwSvS0BnU=').map((signature) => () => ({ signature })),
);
const CASE: fc.Arbitrary<Case> = fc
  .tuple(TOKEN, WEBHOOK_URL, PARAMS, CHANGED)
  .map(([token, url, params, change]) => ({ token, url, params, changed: change({ token, url, params }) }));

/** The parameters as body parsers pass them to the official library: one value, or an array of them. */
function toParams(params: Params): Record<string, string | string[]> {
  const all = Map.groupBy(params, ([name]) => name);
  return Object.fromEntries(
    [...all].map(([name, pairs]) => [name, pairs.length === 1 ? pairs[0]![1] : pairs.map(([, value]) => value)]),
  );
}

const toForm = (params: Params): TwilioForm => {
  const encode = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');
  return new TwilioForm(Buffer.from(params.map((pair) => pair.map(encode).join('=')).join('&')));
};

describe('isSignedByTwilio', () => {
  test('agrees with the official library on 10,000 requests, unchanged or changed after signing', () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(CASE, ({ token, url, params, changed }) => {
        const signed = getExpectedTwilioSignature(token, url, toParams(params));
        const given = { token, url, params, signature: signed as string | undefined, ...changed };
        const official = validateRequest(given.token, given.signature ?? '', given.url, toParams(given.params));
        const ours = isSignedByTwilio({
          urls: [given.url],
          form: toForm(given.params),
          signature: given.signature,
          tokens: [given.token],
        });
        seen[ours ? 'accepted' : 'refused']++;
        expect(ours).toBe(official);
      }),
      { numRuns: 10_000 },
    );
    expect(seen.accepted).toBeGreaterThan(1_000);
    expect(seen.refused).toBeGreaterThan(1_000);
  });

  const documented = {
    urls: ['https://example.com/myapp.php?foo=1&bar=2'],
    form: toForm([
      ['CallSid', 'CA1234567890ABCDE'],
      ['Caller', '+14158675310'],
      ['Digits', '1234'],
      ['From', '+14158675310'],
      ['To', '+18005551212'],
    ]),
    signature: 'L/OH5YylLD5NRKLltdqwSvS0BnU=',
    tokens: ['12345'],
  };
  test.each([
    ['the example of Twilio’s documentation', {}, true],
    ['the old token, with the next one stored', { tokens: ['12345', 'next'] }, true],
    ['the next token, with the old one stored', { tokens: ['old', '12345'] }, true],
    ['another token', { tokens: ['54321'] }, false],
    ['no token', { tokens: [] }, false],
    ['one of two URLs', { urls: ['https://example.com/other', ...documented.urls] }, true],
    ['no URL', { urls: [] }, false],
    ['a signature of another length', { signature: 'L/OH5YylLD5NRKLltdqwSvS0BnU' }, false],
    ['two signatures in one header', { signature: `${documented.signature}, ${documented.signature}` }, false],
    ['no signature', { signature: undefined }, false],
  ])('%s', (_, given, expected) => {
    expect(isSignedByTwilio({ ...documented, ...given })).toBe(expected);
  });

  test('an empty token accepts nothing, not even a request that is signed with it', () => {
    fc.assert(
      fc.property(WEBHOOK_URL, PARAMS, (url, params) => {
        const signature = getExpectedTwilioSignature('', url, toParams(params));
        expect(isSignedByTwilio({ urls: [url], form: toForm(params), signature, tokens: [''] })).toBe(false);
      }),
    );
  });
});
