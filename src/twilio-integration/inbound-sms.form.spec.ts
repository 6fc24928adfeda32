import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeInboundSms, type InboundSms } from './inbound-sms.form.js';
import { TwilioForm } from './twilio-form.js';

const folder = join(import.meta.dirname, '../../test/fixtures/twilio');
const fixtureNames = readdirSync(folder).map((file) => file.replace('.form', ''));
const readFixture = (name: string): string => readFileSync(join(folder, `${name}.form`), 'utf8');

/** A genuine form with some parameters changed; undefined removes one. */
function buildForm(changes: Record<string, string | undefined> = {}): string {
  const params = Object.fromEntries(new URLSearchParams(readFixture('us-sms')));
  const given = Object.entries({ ...params, ...changes }).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given as [string, string][]).toString();
}

const ACCOUNT_SID = `AC${'5150'.repeat(8)}`;
function decode(form: string): InboundSms | string {
  const decoded = decodeInboundSms(new TwilioForm(Buffer.from(form)), ACCOUNT_SID);
  return 'reason' in decoded ? decoded.reason : decoded.value;
}
const mediaOf = (name: string, at: number): string => new URLSearchParams(readFixture(name)).get(`MediaUrl${at}`)!;
const MMS = 'mms-three-media-without-body';

const FIXTURES: Record<string, Partial<InboundSms>> = {
  'us-sms': {
    from: '+15005550101',
    body: 'Hi, my order 1042 has not arrived yet. Can you help?',
    segments: 1,
    media: [],
    optOutType: null,
  },
  'gb-sms-without-places': { from: '+442079460123', body: 'Hello, is the shop on Baker Street open on Sunday?' },
  'short-code-sender': { from: '50501' },
  'alphanumeric-sender': { from: 'ACME BANK', body: 'A payment of £12.40 was made with your card.' },
  [MMS]: {
    body: '',
    segments: 3,
    media: [
      { url: mediaOf(MMS, 0), contentType: 'image/jpeg' },
      { url: mediaOf(MMS, 1), contentType: 'image/png' },
      { url: mediaOf(MMS, 2), contentType: 'text/x-vcard' },
    ],
  },
  'longest-body': { body: expect.stringMatching(/^.{1600}$/) as unknown as string, segments: 11 },
  'emoji-and-right-to-left': {
    body: 'שלום 👋🏽 مرحبا، طلبي رقم ١٠٤٢ لم يصل 😢\n👨‍👩‍👧‍👦 + 100% & "ok"=fine',
  },
  'nul-in-body': { body: 'before␀after' },
  'messaging-service': { body: '  spaces on both ends stay  ' },
  'opt-out-stop': { body: 'STOP', optOutType: 'STOP' },
  'unknown-parameters': { body: 'Sent tomorrow' },
};

describe('decodeInboundSms', () => {
  test('has an expectation for every fixture', () => {
    expect(Object.keys(FIXTURES).toSorted()).toEqual(fixtureNames.toSorted());
  });

  test.each(Object.entries(FIXTURES))('reads %s', (name, expected) => {
    const sid = new URLSearchParams(readFixture(name)).get('MessageSid');
    expect(decode(readFixture(name))).toEqual(
      expect.objectContaining({
        accountSid: 'AC51505150515051505150515051505150',
        messageSid: sid,
        to: '+15005550006',
        ...expected,
      }),
    );
  });

  test.each([
    ['no From', buildForm({ From: undefined }), 'From occurs 0 times instead of once'],
    ['no To', buildForm({ To: undefined }), 'To occurs 0 times instead of once'],
    ['no MessageSid', buildForm({ MessageSid: undefined }), 'MessageSid occurs 0 times instead of once'],
    ['no Body', buildForm({ Body: undefined }), 'Body occurs 0 times instead of once'],
    ['two different Body', `${buildForm()}&Body=more`, 'Body occurs 2 times instead of once'],
    ['the same From twice', `${buildForm()}&From=%2B15005550101`, 'From occurs 2 times instead of once'],
    ['an empty From', buildForm({ From: '' }), 'From is not 1 to 64 characters long'],
    ['a To that is too long', buildForm({ To: 'x'.repeat(65) }), 'To is not 1 to 64 characters long'],
    [
      'the MessageSid of a call',
      buildForm({ MessageSid: `CA${'0'.repeat(32)}` }),
      'MessageSid is not SM or MM and 32 hex digits',
    ],
    [
      'the AccountSid of another account',
      buildForm({ AccountSid: `AC${'0'.repeat(32)}` }),
      'AccountSid is not the Twilio account whose token signed the request',
    ],
  ])('refuses %s', (_, form, sentence) => {
    expect(decode(form)).toBe(sentence);
  });

  // The signature covers names and values without separators, so these forms have the same one as the genuine form.
  const genuine = buildForm({
    From: '+15005550101',
    FromCity: '',
    FromCountry: 'US',
    Body: 'Hello',
    To: '+15005550006',
    ToCity: '',
  });
  test.each([
    ['From into its name', 'From=%2B15005550101', 'Fro=m%2B15005550101'],
    ['Body into its name', 'Body=Hello', 'BodyH=ello'],
    ['a part of MessageSid into its name', 'MessageSid=SM', 'MessageSidS=M'],
    ['the empty parameter after it into From', 'From=%2B15005550101', 'From=%2B15005550101FromCity', 'FromCity=&'],
    ['the empty parameter after it into To', 'To=%2B15005550006', 'To=%2B15005550006ToCity', '&ToCity='],
  ])('refuses a shift of %s', (_, part, shifted, gone = 'nothing') => {
    const form = genuine.replace(gone, '').replace(new RegExp(`(^|&)${part}`), `$1${shifted}`);
    const signed = (text: string): string => new TwilioForm(Buffer.from(text)).signedText();
    expect(form).not.toBe(genuine);
    expect(signed(form)).toBe(signed(genuine));
    expect(decode(form)).toEqual(expect.any(String));
  });

  test.each([
    ['nothing', 'NumMedia=0', 0],
    ['more than there are', 'NumMedia=5&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2Fa', 1],
    ['not a number', 'NumMedia=many&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2Fa', 0],
    ['far too many', 'NumMedia=9999', 0],
  ])('only reads media that the form contains, whatever NumMedia says: %s', (_, media, count) => {
    const sms = decode(`${buildForm({ NumMedia: undefined })}&${media}`);
    expect(sms).toMatchObject({ media: Array.from({ length: count }, () => expect.anything()) });
  });

  test.each([
    ['OptOutType=START', 'START'],
    ['OptOutType=HELP', 'HELP'],
    ['OptOutType=', null],
    ['OptOutType=stop', null],
    ['OptOutType=RESUME', null],
    ['OptOutType=STOP&OptOutType=STOP', null],
  ])('reads %s as %s', (given, optOutType) => {
    expect(decode(`${buildForm()}&${given}`)).toMatchObject({ optOutType });
  });
});
