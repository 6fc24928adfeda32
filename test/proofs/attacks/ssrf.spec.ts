import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { ContactDto } from '../../../src/contacts/contact.dto.js';
import type { EntryPointDto } from '../../../src/entry-points/entry-point.dto.js';
import { TelephonyService } from '../../../src/twilio-integration/telephony.service.js';
import { TwilioMediaService } from '../../../src/twilio-integration/twilio-media.service.js';
import type { Environment } from '../../../src/config/environment.js';
import { firstAccountId } from '../../support/accounts.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../../support/factories.ts';
import { startHttpServer, type TestHttpServer } from '../../support/http-server.ts';
import { lastMessage, mediaOnceFetched } from '../../support/media.ts';
import { buildForm, postSigned } from '../../support/signed-forms.ts';
import { writeForeignAddresses } from '../../attacks/addresses.ts';

const MAX_MEDIA = 10;
const PATH_OF_MEDIA = `Messages/MM${'1c'.repeat(16)}/Media/ME${'2d'.repeat(16)}`;
/** Only to name the tests: the port is another one each time. */
const ADDRESSES = writeForeignAddresses({ port: 'PORT', path: '/PATH' });
const NUMBERED = ADDRESSES.map((address, i): [number, string] => [i, address]);

let app: TestApp;
let entryPoint: EntryPointDto;
let accountId: string;
/** On this machine, where every address of the table that leads here would find it. */
let canary: TestHttpServer;
let standIn: TestHttpServer;
let location = '';
let addresses: string[];
let path: string;
/** The connections that this process tries to make, by port. */
let tried: string[] = [];

const watch = (message: unknown): void => {
  const { socket } = message as { socket: Socket };
  socket.on('connectionAttempt', (_address, port) => tried.push(String(port)));
};
const elsewhere = (): string[] => {
  const known = new Set([app.databaseUrl, app.simulator.url, app.url, standIn.url].map((url) => new URL(url).port));
  return tried.filter((port) => !known.has(port));
};

beforeAll(async () => {
  app = await startTestApp();
  await connectTelephony(app);
  entryPoint = await buildEntryPoint(app);
  accountId = await firstAccountId(app);
  canary = await startHttpServer((_request, response) => response.end('mine'));
  // By hand: a header may have in it what no library would write.
  standIn = await startHttpServer(({ socket }) =>
    socket.end(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`),
  );
  path = `/2010-04-01/Accounts/${app.simulator.accountSid}/${PATH_OF_MEDIA}`;
  addresses = writeForeignAddresses({ port: new URL(canary.url).port, path });
  subscribe('net.client.socket', watch);
});
beforeEach(() => void (tried = []));
/** That no address of a test led anywhere. */
const expectSilence = (): void => expect([canary.connections(), elsewhere()]).toEqual([0, []]);
afterAll(async () => {
  unsubscribe('net.client.socket', watch);
  await app.stop();
  await standIn.stop();
  await canary.stop();
});

const mediaOf = (TWILIO_API_BASE_URL?: string): TwilioMediaService =>
  new TwilioMediaService(app.app.get(TelephonyService), { TWILIO_API_BASE_URL, MEDIA_MAX_BYTES: 1_000 } as Environment);

test('There are addresses of many kinds', () => {
  expect(new Set(ADDRESSES).size).toBeGreaterThan(200);
});

describe.each([
  ['on the Internet', () => mediaOf()],
  ['at what stands in for it', () => mediaOf(standIn.url)],
])('When Twilio is %s', (_, open) => {
  test.each(NUMBERED)('nobody is asked for media at address %i, %j', async (i) => {
    expect(await open().fetch(accountId, addresses[i]!)).toEqual({ failure: 'foreign_address' });
    expectSilence();
  });
});

test.each(NUMBERED)('A redirect of Twilio to address %i, %j, leads to nobody', async (i) => {
  location = addresses[i]!;
  const before = standIn.requests.length;
  expect(await mediaOf(standIn.url).fetch(accountId, standIn.url + path)).toHaveProperty('failure');
  // One that is relative after all may be asked of the stand-in itself, but without the credentials.
  const [first, ...more] = standIn.requests.slice(before).map(({ headers }) => headers.authorization);
  expect(first).toMatch(/^Basic /);
  expect(more.filter((authorization) => authorization !== undefined)).toEqual([]);
  expectSilence();
});

test('A signed SMS with such addresses becomes a message whose media say why they are not there', async () => {
  for (let i = 0; i < addresses.length; i += MAX_MEDIA) {
    const some = addresses.slice(i, i + MAX_MEDIA);
    const media = some.flatMap((url, n) => [
      [`MediaUrl${n}`, url],
      [`MediaContentType${n}`, 'image/png'],
    ]);
    const from = `+1500556${1000 + i}`;
    const form = buildForm({ From: from, NumMedia: String(some.length), ...Object.fromEntries(media) });
    expect((await postSigned(app, entryPoint.webhookUrl, form)).status).toBe(200);
    const contact = await eventually('the contact', async () => {
      const query = `contacts?customer=${encodeURIComponent(from)}`;
      return expectStatus(await app.api.get<{ data: ContactDto[] }>(query), 200).data[0];
    });
    const fetched = await mediaOnceFetched(app, await lastMessage(app, contact.id));
    expect(fetched.map(({ state, reason }) => ({ state, reason }))).toEqual(
      some.map(() => ({
        state: 'unavailable',
        reason: expect.stringContaining('does not belong to your Twilio account'),
      })),
    );
  }
  expectSilence();
});

test('No request of the API says where the service is to fetch or send something', () => {
  const file = join(import.meta.dirname, '../../../openapi.json');
  const { components, paths } = JSON.parse(readFileSync(file, 'utf8')) as OpenAPIObject;
  const bodies = JSON.stringify(
    Object.values(paths).map((item) => Object.values(item).map((each) => each.requestBody)),
  );
  const schemas = Object.entries(components!.schemas!).filter(([name]) => bodies.includes(`/${name}"`));
  const fields = schemas.flatMap(([, schema]) => Object.keys((schema as { properties?: object }).properties ?? {}));
  expect(fields.length).toBeGreaterThan(20);
  // Twilio fetches these, and nobody else (`media_linked`).
  expect(fields.filter((name) => /ur[il]|host|endpoint|callback|webhook|link/i.test(name))).toEqual(['mediaUrls']);
});

test('The canary would have been heard, and the connection seen', async () => {
  await expect(mediaOf(canary.url).fetch(accountId, canary.url + path)).resolves.toHaveProperty('bytes');
  expect([canary.connections(), elsewhere()]).toEqual([1, [new URL(canary.url).port]]);
});
