import { describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import twilio from 'twilio';
import { buildPhoneNumber } from '../src/account/phone-number.ts';
import { planBurst } from '../src/burst/burst-plan.ts';
import { repliesOf } from '../src/inbound/twiml.ts';
import { optOutTypeOf } from '../src/message/opt-outs.ts';
import { countSegments } from '../src/message/segments.ts';
import { Ring } from '../src/records/ring.ts';
import { readSettings } from '../src/settings.ts';
import { addressOf } from '../src/webhook/address.ts';
import { connectionOverridesOf } from '../src/webhook/connection-overrides.ts';
import { sign, signedUrlOf } from '../src/webhook/signature.ts';

// It is required, not imported, because its ESM build imports JSON in a way that Jest warns about.
const { isValidPhoneNumber } = createRequire(import.meta.url)(
  'libphonenumber-js/max',
) as typeof import('libphonenumber-js/max');

describe('segments', () => {
  it.each([
    ['', 1],
    ['x'.repeat(160), 1],
    ['x'.repeat(161), 2],
    ['x'.repeat(306), 2],
    ['x'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['è'.repeat(160), 1],
    ['ç'.repeat(70), 1],
    ['ç'.repeat(71), 2],
    ['😀'.repeat(35), 1],
    ['😀'.repeat(36), 2],
    ['я'.repeat(134), 2],
    ['я'.repeat(135), 3],
  ])('%s', (body, segments) => expect(countSegments(body)).toBe(segments));
});

describe('signature', () => {
  it('matches the example in Twilio’s documentation', () => {
    const form: [string, string][] = [
      ['CallSid', 'CA1234567890ABCDE'],
      ['Caller', '+14158675310'],
      ['Digits', '1234'],
      ['From', '+14158675310'],
      ['To', '+18005551212'],
    ];
    expect(sign('12345', 'https://example.com/myapp.php?foo=1&bar=2', form)).toBe('L/OH5YylLD5NRKLltdqwSvS0BnU=');
  });

  it('passes the official library’s check, whatever the text', () => {
    for (const body of ['', ' ', 'a+b %20', 'naïve 😀', '\n\r\n', '\u0000', '<&>"\'']) {
      const url = 'http://127.0.0.1:3000/sms';
      const expected = twilio.validateRequest(
        't',
        sign('t', url, [
          ['To', '+1'],
          ['Body', body],
          ['City', ''],
        ]),
        url,
        {
          Body: body,
          To: '+1',
          City: '',
        },
      );
      expect(expected).toBe(true);
    }
  });

  it.each([
    ['https://sms.acme.com/a#rc=1', 'https://sms.acme.com/a'],
    ['https://user:pass@sms.acme.com:8443/a?b=c', 'https://sms.acme.com:8443/a?b=c'],
    ['https://SMS.acme.com', 'https://SMS.acme.com'],
    ['https://sms.acme.com/a?mail=x@y', 'https://sms.acme.com/a?mail=x@y'],
  ])('for %s signs %s', (url, signed) => expect(signedUrlOf(url)).toBe(signed));
});

describe('connection overrides', () => {
  it.each([
    ['https://a/', { ct: 5_000, rt: 15_000, tt: 15_000, rc: 1, rp: ['ct'] }],
    [
      'https://a/#rc=3&rp=ct,rt,5xx&ct=2000&rt=4000',
      { ct: 2_000, rt: 4_000, tt: 15_000, rc: 3, rp: ['ct', 'rt', '5xx'] },
    ],
    ['https://a/#rp=all', { rp: ['ct', 'rt', '4xx', '5xx'] }],
    ['https://a/#e=ashburn,dublin', { rc: 1 }],
  ])('%s', (url, overrides) => expect(connectionOverridesOf(url)).toMatchObject(overrides));

  it.each(['#rc=6', '#rp=3xx', '#ct=50', '#rt=15001', '#rc=two'])('%s is invalid', (fragment) =>
    expect(() => connectionOverridesOf(`https://a/${fragment}`)).toThrow(),
  );
});

it.each([
  ['http://127.0.0.1:3000/sms', true],
  ['http://localhost/sms', true],
  ['http://[::1]:3000/sms', true],
  ['https://sms.acme.com/sms', false],
  ['http://127.0.0.1.evil.example/sms', false],
  ['http://127.0.0.1@evil.example/sms', false],
  ['http://169.254.169.254/', false],
  ['http://0.0.0.0:3000/', false],
])('%s is on this machine: %s', (url, here) => expect(addressOf(url)?.onThisMachine).toBe(here));

describe('TwiML', () => {
  it.each([
    ['text/xml', '<?xml version="1.0" encoding="UTF-8"?><Response/>', []],
    ['text/xml', '<Response></Response>', []],
    ['text/xml', '', []],
    ['', '', []],
    ['text/html', '<Response><Message>Hi</Message></Response>', ['Hi']],
    ['text/xml', '<Response><Message to="+1">a &lt;b&gt; &#233; &#x1F600;</Message></Response>', ['a <b> é 😀']],
    ['text/xml', '<Response><Message><Body>Hi</Body><Media>https://a/b.png</Media></Message></Response>', ['Hi']],
    ['text/xml', '<Response><Message><![CDATA[a & b]]></Message></Response>', ['a & b']],
    ['text/xml', '<Response><!-- <Message>no</Message> --></Response>', []],
    ['text/plain', 'OK', ['OK']],
  ])('%s %s', (type, text, bodies) => expect(repliesOf(type, text).map(({ body }) => body)).toEqual(bodies));

  it.each([
    ['application/json', '{}', 12300],
    ['', 'OK', 12300],
    ['text/xml', 'OK', 12100],
    ['text/html', '<html></html>', 12100],
  ])('%s %s cannot be read', (type, text, code) =>
    expect(() => repliesOf(type, text)).toThrow(expect.objectContaining({ code })),
  );
});

it.each([
  ['stop', 'STOP'],
  ['  StopAll\n', 'STOP'],
  ['yes', 'START'],
  ['info', 'HELP'],
  ['Stop please', undefined],
  ['unstoppable', undefined],
  ['constructor', undefined],
])('%j is the keyword %s', (body, type) => expect(optOutTypeOf(body)).toBe(type));

it('customers of a burst have valid and distinct numbers', () => {
  const trouble = { duplicateShare: 0, shuffleShare: 0, wrongSignatureShare: 0 };
  const to = [buildPhoneNumber({ phoneNumber: '+15005550006' })];
  const options = {
    count: 10_000,
    customers: 10_000,
    to,
    concurrency: 64,
    trouble,
    untilAccepted: false,
    deadlineMs: 1,
  };
  const numbers = [1, 2, 443].flatMap((seed) => planBurst({ ...options, seed }).map(({ from }) => from));
  expect(new Set(numbers).size).toBe(30_000);
  expect(numbers.every((number) => isValidPhoneNumber(number))).toBe(true);
});

it('a ring keeps the newest entries', () => {
  const ring = new Ring<number>(3);
  for (const number of [1, 2, 3, 4, 5]) ring.add(number);
  expect(ring.list()).toEqual([3, 4, 5]);
});

describe('settings', () => {
  it('have defaults', () =>
    expect(readSettings({})).toMatchObject({ port: 4010, host: '127.0.0.1', authToken: undefined }));

  it('prefer --state to SIMULATOR_STATE', () =>
    expect(readSettings({ SIMULATOR_STATE: 'a' }, ['--state', 'b']).stateFile).toBe('b'));

  it('report all problems at once', () => {
    const wrong = {
      SIMULATOR_PORT: 'x',
      SIMULATOR_HOST: '0.0.0.0',
      SIMULATOR_ACCOUNT_SID: 'AC1',
      SIMULATOR_AUTH_TOKEN: 'y',
    };
    expect(() => readSettings(wrong, ['--stat'])).toThrow(
      /SIMULATOR_PORT[^]*SIMULATOR_HOST[^]*SIMULATOR_ACCOUNT_SID[^]*SIMULATOR_AUTH_TOKEN[^]*--stat/,
    );
  });
});
