import { describe, expect, test } from '@jest/globals';
import { TwilioMediaUrls } from './twilio-media-url.js';

const AC = `AC${'0a'.repeat(16)}`;
const OTHER = `AC${'0b'.repeat(16)}`;
const MEDIA = `Messages/MM${'1c'.repeat(16)}/Media/ME${'2d'.repeat(16)}`;
const PATH = `/2010-04-01/Accounts/${AC}/${MEDIA}`;
const SIMULATOR = 'http://127.0.0.1:4010';

const onTheInternet = new TwilioMediaUrls(undefined);
const atTheSimulator = new TwilioMediaUrls(SIMULATOR);

describe('The URL of media', () => {
  test.each([
    `https://api.twilio.com${PATH}`,
    `https://api.ie1.twilio.com${PATH}`,
    `https://api.dublin.ie1.twilio.com${PATH}`,
    `https://API.TWILIO.COM${PATH}`,
    `https://api.twilio.com:443${PATH}`,
    `https://api.twilio.com${PATH.replace('/MM', '/SM')}`,
  ])('of the own account is accepted: %s', (url) => {
    expect(onTheInternet.parseOwn(url, AC)?.pathname).toBe(new URL(url).pathname);
  });

  test.each([
    ['a text that is not a URL', 'media'],
    ['an empty text', ''],
    ['plain http', `http://api.twilio.com${PATH}`],
    ['another port', `https://api.twilio.com:8443${PATH}`],
    ['a user before the host', `https://api.twilio.com@evil.example${PATH}`],
    ['a user and the right host', `https://user:secret@api.twilio.com${PATH}`],
    ['another host', `https://evil.example${PATH}`],
    ['a host that only begins like it', `https://api.twilio.com.evil.example${PATH}`],
    ['a host that only ends like it', `https://api.eviltwilio.com${PATH}`],
    ['another host of Twilio', `https://media.twilio.com${PATH}`],
    ['cloud metadata', 'http://169.254.169.254/latest/meta-data/'],
    ['a local address', `https://127.0.0.1${PATH}`],
    ['a file', 'file:///etc/passwd'],
    ['another account', `https://api.twilio.com/2010-04-01/Accounts/${OTHER}/${MEDIA}`],
    ['another account by dot segments', `https://api.twilio.com${PATH}/../../../../../${OTHER}/${MEDIA}`],
    ['another resource', `https://api.twilio.com/2010-04-01/Accounts/${AC}/Messages.json`],
    ['a longer path', `https://api.twilio.com${PATH}/more`],
    ['a query', `https://api.twilio.com${PATH}?To=https://evil.example`],
    ['another version', `https://api.twilio.com${PATH.replace('2010-04-01', '2008-08-01')}`],
    ['the simulator', SIMULATOR + PATH],
  ])('%s is refused', (_, url) => {
    expect(onTheInternet.parseOwn(url, AC)).toBeNull();
  });

  test('must be at the origin of TWILIO_API_BASE_URL if that is set', () => {
    expect(atTheSimulator.parseOwn(SIMULATOR + PATH, AC)?.href).toBe(SIMULATOR + PATH);
    expect(atTheSimulator.parseOwn(SIMULATOR + PATH, OTHER)).toBeNull();
    expect(atTheSimulator.parseOwn(`http://127.0.0.1:4011${PATH}`, AC)).toBeNull();
    expect(atTheSimulator.parseOwn(`https://api.twilio.com${PATH}`, AC)).toBeNull();
  });
});

describe('A redirect', () => {
  const base = new URL(`https://api.twilio.com${PATH}`);

  test.each([
    'https://mms.twiliocdn.com/AC1/abc?Expires=1&Signature=2',
    'https://media.twiliocdn.com/AC1/abc',
    'https://api.twilio.com/elsewhere',
    '/relative/to/it',
    'https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/abc?X-Amz-Signature=1',
  ])('to Twilio is followed: %s', (location) => {
    expect(onTheInternet.parseRedirect(location, base)?.href).toBe(new URL(location, base).href);
  });

  test.each([
    ['plain http', 'http://mms.twiliocdn.com/AC1/abc'],
    ['another host', 'https://evil.example/media.twiliocdn.com/abc'],
    ['a host that only ends like it', 'https://eviltwiliocdn.com/abc'],
    ['another bucket', 'https://s3-external-1.amazonaws.com/evil/abc'],
    ['another bucket by dot segments', 'https://s3-external-1.amazonaws.com/media.twiliocdn.com/../evil/abc'],
    ['another bucket by encoded dot segments', 'https://s3-external-1.amazonaws.com/media.twiliocdn.com/%2e%2e/evil'],
    ['another server of S3', 'https://s3.amazonaws.com/media.twiliocdn.com/abc'],
    ['cloud metadata', 'http://169.254.169.254/latest/meta-data/'],
    ['a local address', 'https://[::1]/abc'],
    ['another host without a scheme', '//evil.example/abc'],
    ['a text that is not a URL', 'https://'],
  ])('to %s is not', (_, location) => {
    expect(onTheInternet.parseRedirect(location, base)).toBeNull();
  });

  test('must stay at the origin of TWILIO_API_BASE_URL if that is set', () => {
    const start = new URL(SIMULATOR + PATH);
    expect(atTheSimulator.parseRedirect('/cdn/ME1/key', start)?.href).toBe(`${SIMULATOR}/cdn/ME1/key`);
    expect(atTheSimulator.parseRedirect('http://127.0.0.1:4011/cdn/ME1/key', start)).toBeNull();
    expect(atTheSimulator.parseRedirect('https://mms.twiliocdn.com/AC1/abc', start)).toBeNull();
  });
});
