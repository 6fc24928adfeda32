import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { UploadedMediaDto } from '../../src/media/media.dto.js';
import { buildAccount } from '../support/accounts.ts';
import { Api } from '../support/api.ts';
import { startTestApp, startTestProcess, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { download, GIF, PNG, type TestFile } from '../support/media.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { postReply, untilStatus } from '../support/replies.ts';
import { TwilioConsole } from '../support/twilio-console.ts';

const MAX_BYTES = 1_000;

let phones = 0;

describe('Pictures in replies', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ MEDIA_MAX_BYTES: String(MAX_BYTES), SMS_PER_SECOND: '50' });
    await connectTelephony(app);
    await buildEntryPoint(app);
  });
  afterAll(() => app.stop());

  const newContact = (): Promise<ContactDto> => textAndWait(app, { from: `+1500557${String(1000 + ++phones)}` });

  async function upload({ contentType, bytes }: TestFile, { url, key }: Api = app.api) {
    const answer = await fetch(`${url}/api/v1/media`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': contentType },
      body: new Uint8Array(bytes),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as UploadedMediaDto };
  }
  const uploaded = async (file: TestFile): Promise<UploadedMediaDto> => expectStatus(await upload(file), 201);

  /** The addresses that Twilio was given with a message. */
  async function sharedUrls(messageId: string): Promise<string[]> {
    const [{ urls }] = await app.dataSource.query('SELECT media_urls AS urls FROM outbound_sms WHERE message_id = $1', [
      messageId,
    ]);
    return urls.map((path: string) => app.url + path);
  }

  async function storedFiles(): Promise<string[]> {
    const entries = await readdir(join(app.dataDir, 'media'), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  test('are uploaded, sent, fetched by Twilio at an address nobody can guess, and shown in the thread', async () => {
    const contact = await newContact();
    const [picture, animation] = [await uploaded(PNG), await uploaded(GIF)];
    expect(picture).toEqual({
      id: expect.any(String),
      url: `/api/v1/media/${picture.id}`,
      contentType: 'image/png',
      size: PNG.bytes.length,
    });
    expect((await download(app, picture.id)).bytes).toEqual(PNG.bytes);

    const reply = { body: 'Here it is', mediaIds: [animation.id, picture.id] };
    const sent = expectStatus(await postReply(app, contact.id, reply), 201);
    expect(sent.media).toEqual(
      [animation, picture].map((each) => ({ ...each, state: 'stored', reason: null, reasonCode: null })),
    );
    await untilStatus(app, sent, 'delivered');
    expect((await download(app, picture.id)).bytes).toEqual(PNG.bytes);

    const urls = await sharedUrls(sent.id);
    const log = await (await fetch(`${app.simulator.url}/sim/v1/requests?direction=in`)).text();
    for (const url of urls) {
      expect(url).toMatch(new RegExp(`^${app.url}/media/[0-9a-f-]{36}/[0-9a-f]{40}$`));
      expect(log.includes(url) || log.includes(encodeURIComponent(url))).toBe(true);
    }
    const answer = await fetch(urls[1]!);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG.bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  test('beside addresses of their own come after those, and need no text', async () => {
    const { id } = await uploaded(PNG);
    const url = 'https://shop.example.com/label.png';
    const contact = await newContact();
    const sent = expectStatus(await postReply(app, contact.id, { mediaUrls: [url], mediaIds: [id] }), 201);
    expect(sent.media.map(({ state }) => state)).toEqual(['linked', 'stored']);
    expect((await sharedUrls(sent.id)).at(-1)).toContain(`/media/${id}/`);
  });

  test('with the same idempotency key again are the message of the first time', async () => {
    const { id } = await uploaded(PNG);
    const contact = await newContact();
    const first = expectStatus(await postReply(app, contact.id, { mediaIds: [id] }, 'once'), 201);
    expect(expectStatus(await postReply(app, contact.id, { mediaIds: [id] }, 'once'), 201).id).toBe(first.id);
    const other = await postReply(app, contact.id, { mediaIds: [(await uploaded(PNG)).id] }, 'once');
    expect(problemOf(other)).toMatchObject({ status: 422, errorCode: 'idempotency_key_reused' });
  });

  test('are open to nobody before they are sent, under another key, or once removed', async () => {
    const contact = await newContact();
    const { id } = await uploaded(PNG);
    const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;
    expect(await statusOf(`${app.url}/media/${id}/${'a'.repeat(40)}`)).toBe(404);
    const sent = expectStatus(await postReply(app, contact.id, { mediaIds: [id] }), 201);
    const [url] = await sharedUrls(sent.id);
    expect(await statusOf(url!)).toBe(200);
    expect(await statusOf(url!.replace(/.$/, 'g'))).toBe(404);
    expect(await statusOf(`${app.url}/media/nonsense/${url!.split('/').at(-1)}`)).toBe(404);
    expectStatus(await app.api.delete(`media/${id}`), 204);
    expect(await statusOf(url!)).toBe(404);
  });

  test('are sent once, and only by the account that has them', async () => {
    const contact = await newContact();
    const { id: used } = await uploaded(PNG);
    expectStatus(await postReply(app, contact.id, { mediaIds: [used] }), 201);
    const other = (await buildAccount(app)).api;
    const { id: foreign } = expectStatus(await upload(PNG, other), 201);
    expect((await app.api.get(`media/${foreign}`)).status).toBe(404);
    const { id: own } = await uploaded(PNG);
    for (const id of [used, foreign, '019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11']) {
      const problem = problemOf(await postReply(app, contact.id, { body: 'Look', mediaIds: [own, id] }));
      expect(problem).toMatchObject({ status: 422, errorCode: 'media_unknown' });
      expect(problem.detail).toContain(id);
    }
    // What was refused as a whole took nothing.
    expectStatus(await postReply(app, contact.id, { mediaIds: [own] }), 201);
  });

  test('of ten replies at once with the same picture one has it', async () => {
    const { id } = await uploaded(PNG);
    const contacts = [await newContact(), await newContact()];
    const replies = Array.from({ length: 10 }, (_, n) => postReply(app, contacts[n % 2]!.id, { mediaIds: [id] }));
    const statuses = (await Promise.all(replies)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 422)).toHaveLength(9);
  });

  test.each<[string, () => object, string]>([
    ['what is no id', () => ({ mediaIds: ['1'] }), 'mediaIds'],
    ['no list', () => ({ mediaIds: 'all' }), 'mediaIds'],
    ['null', () => ({ mediaIds: null }), 'mediaIds'],
    ['the same twice', () => ({ mediaIds: Array(2).fill('019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11') }), 'mediaIds'],
    ['no picture and no text', () => ({ mediaIds: [] }), 'body'],
    [
      'more than ten in all',
      () => ({
        mediaUrls: Array(10).fill('https://example.com/a.png'),
        mediaIds: ['019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11'],
      }),
      'mediaIds',
    ],
  ])('%s is refused by name', async (_, reply, field) => {
    const contact = await newContact();
    const answer = await app.api.post(`contacts/${contact.id}/messages`, reply());
    expect([answer.status, fieldsOf(answer)]).toEqual([422, [field]]);
  });

  test.each<[string, TestFile, number, string]>([
    [
      'a page that calls itself a picture',
      { contentType: 'image/png', bytes: Buffer.from('<html>') },
      422,
      'media_not_sendable',
    ],
    ['nothing', { contentType: 'image/png', bytes: Buffer.alloc(0) }, 422, 'media_not_sendable'],
    ['too much', { contentType: 'image/png', bytes: Buffer.alloc(MAX_BYTES + 1) }, 413, 'media_too_large'],
    ['a text', { contentType: 'text/plain', bytes: Buffer.from('Hi') }, 415, 'unsupported_media_type'],
    ['JSON', { contentType: 'application/json', bytes: Buffer.from('{}') }, 415, 'unsupported_media_type'],
    [
      'a form',
      { contentType: 'application/x-www-form-urlencoded', bytes: Buffer.from('a=b') },
      415,
      'unsupported_media_type',
    ],
  ])('%s is no upload', async (_, file, status, errorCode) => {
    const before = await storedFiles();
    expect(problemOf(await upload(file))).toMatchObject({ status, errorCode });
    expect(await storedFiles()).toEqual(before);
  });

  test('are what their bytes say, whatever they are called', async () => {
    expect(await uploaded({ contentType: 'application/octet-stream', bytes: PNG.bytes })).toMatchObject({
      contentType: 'image/png',
    });
  });

  test('to any other route bytes are of an unknown type, and nobody reads those of a stranger', async () => {
    const elsewhere = await fetch(`${app.url}/api/v1/campaigns`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${app.api.key}`, 'Content-Type': 'image/png' },
      body: new Uint8Array(PNG.bytes),
    });
    expect(elsewhere.status).toBe(415);
    const stranger = { ...PNG, bytes: Buffer.alloc(5_000_000) };
    expect((await upload(stranger, { url: app.url, key: 'sik_garbage' } as Api)).status).toBe(401);
  });

  test('are refused where the number has no MMS, until it has', async () => {
    const twilio = new TwilioConsole(app);
    const phoneNumber = '+15005550777';
    await twilio.addNumber({ phoneNumber, capabilities: { sms: true, mms: false } });
    const entryPoint = await buildEntryPoint(app, { phoneNumber });
    expect(entryPoint.mms).toBe(false);
    const contact = await textAndWait(app, { from: `+1500557${String(1000 + ++phones)}`, to: phoneNumber });
    const { id } = await uploaded(PNG);
    for (const media of [{ mediaIds: [id] }, { mediaUrls: ['https://shop.example.com/label.png'] }]) {
      expect(problemOf(await postReply(app, contact.id, media))).toMatchObject({
        status: 409,
        errorCode: 'number_without_mms',
        detail: expect.stringContaining(`${phoneNumber} cannot send pictures`),
      });
    }
    expectStatus(await postReply(app, contact.id, { body: 'A text can go' }), 201);

    await twilio.addNumber({ phoneNumber, capabilities: { sms: true, mms: true } });
    expectStatus(await app.api.get(`entry-points/${entryPoint.id}/webhook`), 200);
    expect((await app.api.get<EntryPointDto>(`entry-points/${entryPoint.id}`)).body.mms).toBe(true);
    expectStatus(await postReply(app, contact.id, { mediaIds: [id] }), 201);
  });

  test.each([
    ['an address of this machine', 'http://127.0.0.1:3000'],
    ['plain http', 'http://sms.example.com'],
  ])('are refused where Twilio is the real one and PUBLIC_URL is %s', async (_, PUBLIC_URL) => {
    const contact = await newContact();
    const { id } = await uploaded(PNG);
    const live = await startTestProcess(app, { ROLES: 'api', TWILIO_API_BASE_URL: '', PUBLIC_URL });
    try {
      const reply = (body: object) => new Api(live.url, app.api.key).post(`contacts/${contact.id}/messages`, body);
      const refused = problemOf(await reply({ body: 'Look', mediaIds: [id] }));
      expect(refused).toMatchObject({ status: 409, errorCode: 'media_unreachable' });
      expect(refused.detail).toContain(`${PUBLIC_URL} is`);
    } finally {
      await live.stop();
    }
    // Where it can be fetched, it goes.
    expectStatus(await postReply(app, contact.id, { mediaIds: [id] }), 201);
  });

  test('that were never sent go after a day, with their bytes', async () => {
    const [old, young] = [await uploaded(PNG), await uploaded(PNG)];
    await app.dataSource.query(`UPDATE media_uploads SET created_at = now() - interval '25 hours' WHERE id = $1`, [
      old.id,
    ]);
    await eventually('the upload is gone', async () => (await download(app, old.id)).status === 404);
    expect(await storedFiles()).not.toContain(old.id);
    expect((await download(app, young.id)).bytes).toEqual(PNG.bytes);
    const contact = await newContact();
    expect((await postReply(app, contact.id, { mediaIds: [old.id] })).status).toBe(422);
  });
});
