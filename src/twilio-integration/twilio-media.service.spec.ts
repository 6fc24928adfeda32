import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { startHttpServer, type TestHttpServer } from '../../test/support/http-server.ts';
import type { Environment } from '../config/environment.js';
import type { Credentials, TelephonyService } from './telephony.service.js';
import { TwilioMediaService } from './twilio-media.service.js';

const CREDENTIALS: Credentials = { accountSid: `AC${'0a'.repeat(16)}`, authToken: '5e'.repeat(16) };
const MEDIA = `Messages/MM${'1c'.repeat(16)}/Media/ME${'2d'.repeat(16)}`;
const PATH = `/2010-04-01/Accounts/${CREDENTIALS.accountSid}/${MEDIA}`;
const MAX_BYTES = 1_000;
const picture = Buffer.alloc(MAX_BYTES, 'p');

type Route = (response: ServerResponse) => void;

const status =
  (code: number, headers: Record<string, string> = {}): Route =>
  (response) =>
    response.writeHead(code, headers).end();
const redirect = (location: string, code = 307): Route => status(code, { location });
const bytes: Route = (response) => response.end(picture);

/** The error of the network, for the log. */
const CAUSE = expect.objectContaining({ message: expect.any(String) });

describe('TwilioMediaService', () => {
  let twilio: TestHttpServer;
  let canary: TestHttpServer;
  let routes: Record<string, Route> = {};
  let credentials: Credentials | null = CREDENTIALS;
  let media: TwilioMediaService;

  beforeAll(async () => {
    canary = await startHttpServer((_request, response) => response.end('mine'));
    twilio = await startHttpServer((request, response) => (routes[request.url!] ?? status(404))(response));
    media = new TwilioMediaService(
      { findCredentials: () => Promise.resolve(credentials) } as unknown as TelephonyService,
      { TWILIO_API_BASE_URL: twilio.url, MEDIA_MAX_BYTES: MAX_BYTES } as Environment,
    );
  });
  beforeEach(() => {
    credentials = CREDENTIALS;
    twilio.requests.length = 0;
  });
  afterAll(async () => {
    await twilio.stop();
    await canary.stop();
  });

  const fetchMedia = (given: Record<string, Route>, path = PATH): ReturnType<TwilioMediaService['fetch']> => {
    routes = given;
    return media.fetch('an account', twilio.url + path);
  };
  const asked = (): string[] => twilio.requests.map(({ path }) => path);
  const withCredentials = (): string[] =>
    twilio.requests.filter(({ headers }) => headers.authorization !== undefined).map(({ path }) => path);

  test('fetches the bytes with the credentials of the account', async () => {
    expect(await fetchMedia({ [PATH]: bytes })).toEqual({ bytes: picture });
    const { accountSid, authToken } = CREDENTIALS;
    const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
    expect(twilio.requests).toMatchObject([{ path: PATH, headers: { authorization } }]);
  });

  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['GZIP', gzipSync],
    ['identity', (plain: Buffer) => plain],
  ])('decompresses a response in %s although it requested identity', async (encoding, compress) => {
    const route: Route = (response) => response.writeHead(200, { 'content-encoding': encoding }).end(compress(picture));
    expect(await fetchMedia({ [PATH]: route })).toEqual({ bytes: picture });
    expect(twilio.requests).toMatchObject([{ headers: { 'accept-encoding': 'identity' } }]);
  });

  test('reports twilio_unavailable for a response that cannot be decompressed', async () => {
    const broken: Route = (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(picture);
    expect(await fetchMedia({ [PATH]: broken })).toEqual({ failure: 'twilio_unavailable', cause: CAUSE });
  });

  test.each([301, 302, 303, 307, 308])(
    'follows a redirect (%i) without sending the credentials there',
    async (code) => {
      expect(await fetchMedia({ [PATH]: redirect('/cdn/1?signature=x', code), '/cdn/1?signature=x': bytes })).toEqual({
        bytes: picture,
      });
      expect(asked()).toEqual([PATH, '/cdn/1?signature=x']);
      expect(withCredentials()).toEqual([PATH]);
    },
  );

  test('follows three redirects but not a fourth', async () => {
    const three = { [PATH]: redirect('/1'), '/1': redirect('/2'), '/2': redirect('/3') };
    expect(await fetchMedia({ ...three, '/3': bytes })).toEqual({ bytes: picture });
    twilio.requests.length = 0;
    expect(await fetchMedia({ ...three, '/3': redirect('/4'), '/4': bytes })).toEqual({
      failure: 'twilio_unavailable',
    });
    expect(asked()).toEqual([PATH, '/1', '/2', '/3']);
    expect(withCredentials()).toEqual([PATH]);
  });

  test.each<[string, (canaryUrl: string) => string]>([
    ['another server', (url) => url],
    ['cloud metadata', () => 'http://169.254.169.254/latest/meta-data/'],
    ['another scheme', () => 'file:///etc/passwd'],
  ])('does not follow a redirect to %s', async (_, locate) => {
    expect(await fetchMedia({ [PATH]: redirect(locate(canary.url)) })).toEqual({ failure: 'foreign_redirect' });
    expect(await fetchMedia({ [PATH]: redirect('/1'), '/1': redirect(locate(canary.url)) })).toEqual({
      failure: 'foreign_redirect',
    });
    expect(canary.connections()).toBe(0);
  });

  test.each<[string, () => string]>([
    ['another server', () => canary.url + PATH],
    ['another account', () => `${twilio.url}${PATH.replace(CREDENTIALS.accountSid, `AC${'ff'.repeat(16)}`)}`],
    ['another resource', () => `${twilio.url}/2010-04-01/Accounts.json`],
    ['nothing', () => ''],
  ])('sends no request for the URL of %s', async (_, url) => {
    expect(await media.fetch('an account', url())).toEqual({ failure: 'foreign_address' });
    expect([canary.connections(), twilio.requests]).toEqual([0, []]);
  });

  test('sends no request when no Twilio account is connected', async () => {
    credentials = null;
    expect(await fetchMedia({ [PATH]: bytes })).toEqual({ failure: 'not_connected' });
    expect(twilio.requests).toEqual([]);
  });

  test.each([
    [400, 'twilio_unavailable'],
    [401, 'credentials_refused'],
    [403, 'credentials_refused'],
    [404, 'not_found'],
    [410, 'not_found'],
    [429, 'twilio_unavailable'],
    [500, 'twilio_unavailable'],
    [503, 'twilio_unavailable'],
    [307, 'twilio_unavailable'],
  ])('reports %i as %s', async (code, failure) => {
    expect(await fetchMedia({ [PATH]: status(code) })).toEqual({ failure });
  });

  test.each([401, 403])('does not report %i from the CDN as refused credentials', async (code) => {
    const answer = await fetchMedia({ [PATH]: redirect('/cdn/1'), '/cdn/1': status(code) });
    expect(answer).toEqual({ failure: 'twilio_unavailable' });
  });

  test.each<[string, Route]>([
    ['a closed connection', (response) => response.destroy()],
    [
      'a connection that is closed within the body',
      (response) => void response.writeHead(200).write('p', () => response.destroy()),
    ],
    [
      'fewer bytes than announced',
      (response) => void response.writeHead(200, { 'content-length': 9 }).write('p', () => response.destroy()),
    ],
  ])('reports twilio_unavailable for %s', async (_, route) => {
    expect(await fetchMedia({ [PATH]: route })).toEqual({ failure: 'twilio_unavailable', cause: CAUSE });
  });

  test.each<[string, Route]>([
    ['never answers', () => undefined],
    ['stops within the body', (response) => void response.writeHead(200).write('p')],
  ])('gives up after 30 seconds on a server that %s', async (_, route) => {
    const clock = new AbortController();
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal);
    const answer = fetchMedia({
      [PATH]: (response) => {
        route(response);
        setImmediate(() => clock.abort());
      },
    });
    expect(await answer).toEqual({ failure: 'too_slow', cause: CAUSE });
    expect(timeout.mock.calls).toEqual([[30_000]]);
    timeout.mockRestore();
  });

  describe(`for more than ${MAX_BYTES} bytes`, () => {
    /** Writes until the connection is closed. */
    const endless =
      (onClosed: () => void): Route =>
      (response) => {
        response.on('close', onClosed);
        const write = (): void => void (response.writable && response.write(Buffer.alloc(64 * 1024), write));
        write();
      };

    test.each<[string, Route]>([
      ['announced in advance', (response) => response.writeHead(200, { 'content-length': 5_000_000_000 }).write('p')],
      ['one byte too many', (response) => response.end(Buffer.alloc(MAX_BYTES + 1))],
      [
        'compressed',
        (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1e7))),
      ],
    ])('it returns no bytes: %s', async (_, route) => {
      expect(await fetchMedia({ [PATH]: route })).toEqual({ failure: 'too_big' });
    });

    test('it aborts an endless download', async () => {
      const closed = new Promise<void>((resolve) => (routes = { [PATH]: endless(resolve) }));
      expect(await media.fetch('an account', twilio.url + PATH)).toEqual({ failure: 'too_big' });
      await closed;
    });
  });
});
