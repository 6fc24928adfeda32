import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { MessageDto } from '../../src/contacts/message.dto.js';
import { MediaFetchService } from '../../src/media/media-fetch.service.js';
import { MediaStore } from '../../src/media/media-store.js';
import { insertLinkedMedia } from '../../src/media/media.queries.js';
import type { MessageMediaDto } from '../../src/media/media.dto.js';
import { buildAccount, firstAccountId } from '../support/accounts.ts';
import type { Api } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { startHttpServer } from '../support/http-server.ts';
import {
  download,
  findMediaRow,
  GIF,
  lastMessage,
  mediaOnceFetched,
  PNG,
  setTrouble,
  type TestFile,
  textFiles,
} from '../support/media.ts';
import { problemOf } from '../support/problems.ts';

const HTML = '<!doctype html><script>alert(document.cookie)</script>';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

const file = (contentType: string, content: string): TestFile => ({ contentType, bytes: Buffer.from(content) });

let phones = 0;
const newPhone = (): string => `+1500557${String(1000 + ++phones)}`;

describe('Media', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ SWEEP_SECONDS: '0.2' });
    await connectTelephony(app);
    await buildEntryPoint(app);
  });
  afterEach(() => setTrouble(app, {}));
  afterAll(() => app.stop());

  const text = (...files: TestFile[]): Promise<MessageDto> => textFiles(app, files, { from: newPhone() });
  const receive = async (file: TestFile): Promise<MessageMediaDto> =>
    (await mediaOnceFetched(app, await text(file)))[0]!;
  const loseOne = async (): Promise<{ message: MessageDto; media: MessageMediaDto }> => {
    await setTrouble(app, { rest: [{ status: 404, times: 100, path: '/Media/' }] });
    const message = await text(PNG);
    const [media] = await mediaOnceFetched(app, message);
    return { message, media: media! };
  };
  const fileOf = async (id: string): Promise<string> =>
    join(app.dataDir, 'media', await firstAccountId(app), id.slice(-2), id);
  const get = (id: string, api: Api = app.api): ReturnType<Api['get']> => api.get(`media/${id}`);
  const fetchAgain = (id: string): ReturnType<typeof app.api.post<MessageMediaDto>> =>
    app.api.post(`media/${id}/fetch`);
  const versionOf = async ({ contactId }: MessageDto): Promise<number> =>
    (await app.api.get<{ version: number }>(`contacts/${contactId}`)).body.version;

  describe('is served', () => {
    test.each<[string, TestFile, string, string]>([
      ['a PNG', PNG, 'image/png', 'inline'],
      ['a GIF that Twilio calls a JPEG', { ...GIF, contentType: 'image/jpeg' }, 'image/gif', 'inline'],
      ['a PNG that Twilio calls a page', { ...PNG, contentType: 'text/html' }, 'image/png', 'inline'],
      ['a page', file('text/html', HTML), 'application/octet-stream', '.bin'],
      ['a page that Twilio calls a picture', file('image/png', HTML), 'application/octet-stream', '.bin'],
      ['a page that Twilio calls a text', file('text/plain', HTML), 'text/plain', '.txt'],
      ['SVG', file('image/svg+xml', SVG), 'application/octet-stream', '.bin'],
      ['XML', file('image/svg+xml', `<?xml version="1.0"?>${SVG}`), 'application/octet-stream', '.bin'],
      ['a PDF', file('application/pdf', '%PDF-1.7\n'), 'application/pdf', '.pdf'],
      ['nothing', file('image/png', ''), 'application/octet-stream', '.bin'],
    ])('%s: as a type that no browser runs', async (_, sent, type, disposition) => {
      const { id, size } = await receive(sent);
      expect(size).toBe(sent.bytes.length);
      const { status, headers, bytes } = await download(app, id);
      expect([status, headers.get('content-type')]).toEqual([200, type]);
      expect(headers.get('content-disposition')).toBe(
        disposition === 'inline' ? 'inline' : `attachment; filename="${id}${disposition}"`,
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('content-length')).toBe(String(sent.bytes.length));
      expect(bytes).toEqual(sent.bytes);
    });

    test('once, to whoever has it still', async () => {
      const { id } = await receive(PNG);
      const { headers } = await download(app, id);
      expect(headers.get('cache-control')).toBe('private, no-cache');
      const tag = headers.get('etag')!;
      expect(tag).toMatch(/^"[0-9a-f]{64}"$/);
      for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const again = await download(app, id, { 'If-None-Match': known });
        expect([again.status, again.bytes.length, again.headers.get('etag')]).toEqual([304, 0, tag]);
      }
      expect((await download(app, id, { 'If-None-Match': '"other"' })).status).toBe(200);
    });

    test('to nobody of another account', async () => {
      const { id } = await receive(PNG);
      const { api } = await buildAccount(app);
      expect(problemOf(await get(id, api))).toMatchObject({ status: 404, errorCode: 'not_found' });
      expect((await download(app, id)).status).toBe(200);
    });
  });

  describe('that is not here', () => {
    test('says that it is on its way', async () => {
      await setTrouble(app, { rest: [{ status: 404, times: 1, path: '/Media/' }] });
      const message = await text(PNG);
      const problem = problemOf(await get(message.media[0]!.id));
      expect(problem).toMatchObject({ status: 409, errorCode: 'media_pending' });
      await mediaOnceFetched(app, message);
    });

    test('says why, and the way out', async () => {
      const { media } = await loseOne();
      expect(problemOf(await get(media.id))).toMatchObject({
        status: 409,
        errorCode: 'media_unavailable',
        reason: media.reason,
        detail: expect.stringContaining(`${media.reason} POST /api/v1/media/:id/fetch`),
      });
    });

    test('says so when the store has lost it', async () => {
      const { id } = await receive(PNG);
      await rm(await fileOf(id));
      expect(problemOf(await get(id))).toMatchObject({ status: 409, errorCode: 'media_lost' });
    });
  });

  describe('fetched again', () => {
    test('comes when it can, and the contact is told', async () => {
      const { message, media } = await loseOne();
      await setTrouble(app, {});
      const before = await versionOf(message);
      const { status, body } = await fetchAgain(media.id);
      expect([status, body]).toEqual([202, { ...media, state: 'pending', reason: null, reasonCode: null }]);
      expect(await mediaOnceFetched(app, message)).toMatchObject([{ state: 'stored', size: PNG.bytes.length }]);
      expect(await findMediaRow(app, media.id)).toMatchObject({ attempts: 1, reason: null });
      expect((await download(app, media.id)).bytes).toEqual(PNG.bytes);
      expect(await versionOf(message)).toBe(before + 2);
    });

    test('does not wait for its next try', async () => {
      await setTrouble(app, { rest: [{ status: 503, times: 1, path: '/Media/' }] });
      const message = await text(PNG);
      const { id } = message.media[0]!;
      await eventually('the first try', async () => (await findMediaRow(app, id)).attempts === 1);
      expect((await fetchAgain(id)).status).toBe(202);
      expect(await mediaOnceFetched(app, message)).toMatchObject([{ state: 'stored' }]);
    });

    test('is not given up by the last try of before, when that ends late', async () => {
      await setTrouble(app, { rest: [{ status: 503, times: 1, path: '/Media/' }] });
      const answers: ServerResponse[] = [];
      const origin = await startHttpServer((_request, response) => answers.push(response));
      const contact = await textAndWait(app, { from: newPhone(), mediaUrls: [`${origin.url}/cat.png`] });
      const message = await lastMessage(app, contact.id);
      const { id } = message.media[0]!;
      await eventually('the wait after the first try', async () => {
        const [rows] = await app.dataSource.query(
          `UPDATE message_media SET attempts = 4, next_try_at = now(), job_due_at = now() + interval '1 hour'
           WHERE id = $1 AND attempts = 1 AND job_due_at > next_try_at RETURNING id`,
          [id],
        );
        return rows.length === 1;
      });
      const lastTry = app.app.get(MediaFetchService).fetch(id);
      await eventually('the last try', () => answers.length === 1);
      expect((await fetchAgain(id)).status).toBe(202);
      await eventually('the try of the person', () => answers.length === 2);
      answers[0]!.writeHead(500).end();
      await lastTry;
      expect(await findMediaRow(app, id)).toMatchObject({ state: 'pending', attempts: 1 });
      answers[1]!.end(PNG.bytes);
      expect(await mediaOnceFetched(app, message)).toMatchObject([{ state: 'stored' }]);
      await origin.stop();
    });

    test('is refused when it is here', async () => {
      const media = await receive(PNG);
      expect(problemOf(await fetchAgain(media.id))).toMatchObject({ status: 409, errorCode: 'media_stored' });
      expect((await download(app, media.id)).status).toBe(200);
    });
  });

  describe('removed', () => {
    test('is gone from the disk for good, and its place stays', async () => {
      const message = await text(PNG, GIF);
      const [png, gif] = (await mediaOnceFetched(app, message)) as [MessageMediaDto, MessageMediaDto];
      const { headers } = await download(app, png.id);
      const before = await versionOf(message);
      expect(existsSync(await fileOf(png.id))).toBe(true);
      expect((await app.api.delete(`media/${png.id}`)).status).toBe(204);
      expect(existsSync(await fileOf(png.id))).toBe(false);
      expect((await lastMessage(app, message.contactId)).media).toMatchObject([
        { id: png.id, state: 'removed' },
        { id: gif.id, state: 'stored' },
      ]);
      expect(await versionOf(message)).toBe(before + 1);
      const known = { 'If-None-Match': headers.get('etag')! };
      expect((await download(app, png.id, known)).status).toBe(409);
      expect(problemOf(await get(png.id))).toMatchObject({ errorCode: 'media_removed' });
      expect(problemOf(await fetchAgain(png.id))).toMatchObject({ status: 409, errorCode: 'media_removed' });

      expect((await app.api.delete(`media/${png.id}`)).status).toBe(204);
      expect(await versionOf(message)).toBe(before + 1);
    });

    test('while it is being fetched, does not come back', async () => {
      const held = Promise.withResolvers<void>();
      const asked = Promise.withResolvers<void>();
      const origin = await startHttpServer((_request, response) => {
        asked.resolve();
        void held.promise.then(() => response.end(PNG.bytes));
      });
      const contact = await textAndWait(app, { from: newPhone(), mediaUrls: [`${origin.url}/cat.png`] });
      const { media } = await lastMessage(app, contact.id);
      const { id } = media[0]!;
      await asked.promise;
      const store = app.app.get(MediaStore);
      const [puts, deletes] = [jest.spyOn(store, 'put'), jest.spyOn(store, 'delete')];
      expect((await app.api.delete(`media/${id}`)).status).toBe(204);
      held.resolve();
      await eventually(
        'the bytes to come, and to go',
        () => puts.mock.calls.length === 1 && deletes.mock.calls.length === 2,
      );
      await deletes.mock.results[1]!.value;
      expect(existsSync(await fileOf(id))).toBe(false);
      expect(await findMediaRow(app, id)).toMatchObject({ state: 'removed', sha256: null });
      jest.restoreAllMocks();
      await origin.stop();
    });

    test('that never came, cannot be fetched any more', async () => {
      const { message, media } = await loseOne();
      expect((await app.api.delete(`media/${media.id}`)).status).toBe(204);
      expect((await lastMessage(app, message.contactId)).media).toMatchObject([{ state: 'removed', reason: null }]);
      expect(problemOf(await fetchAgain(media.id))).toMatchObject({ errorCode: 'media_removed' });
    });
  });

  test('of an agent is at the address they gave, and nowhere here', async () => {
    const message = await text(PNG);
    const own = (await mediaOnceFetched(app, message))[0]!.id;
    const { contactId, id: messageId } = message;
    const accountId = await firstAccountId(app);
    const url = 'https://files.example.com/offer.pdf?v=2';
    await insertLinkedMedia(app.dataSource.manager, [{ accountId, contactId, messageId, place: 1, url }]);
    const { media } = await lastMessage(app, contactId);
    expect(media.map(({ id }) => id)).toEqual([own, expect.any(String)]);
    const { id, ...linked } = media[1]!;
    expect(linked).toEqual({
      state: 'linked',
      contentType: 'application/pdf',
      url,
      size: null,
      reason: null,
      reasonCode: null,
    });
    for (const answer of [await get(id), await fetchAgain(id), await app.api.delete(`media/${id}`)]) {
      expect(problemOf(answer)).toMatchObject({ status: 409, errorCode: 'media_linked' });
    }
  });
});
