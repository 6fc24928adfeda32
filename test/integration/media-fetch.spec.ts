import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import type { MessageDto } from '../../src/contacts/message.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { claimMedia } from '../../src/media/media-fetch.queries.js';
import { insertPendingMedia } from '../../src/media/media.queries.js';
import { firstAccountId } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { startHttpServer, type TestHttpServer } from '../support/http-server.ts';
import {
  download,
  findMediaRow,
  GIF,
  lastMessage,
  mediaOnceFetched,
  PNG,
  setTrouble,
  textFiles,
} from '../support/media.ts';
import { buildForm, postSigned } from '../support/signed-forms.ts';

const MAX_BYTES = 20_000;
const MM = `MM${'1c'.repeat(16)}`;
const ME = `ME${'2d'.repeat(16)}`;

let phones = 0;
const newPhone = (): string => `+1500556${String(1000 + ++phones)}`;

describe('Fetching media', () => {
  let app: TestApp;
  let entryPoint: EntryPointDto;
  let canary: TestHttpServer;

  beforeAll(async () => {
    app = await startTestApp({ SWEEP_SECONDS: '0.2', MEDIA_MAX_BYTES: String(MAX_BYTES) });
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    canary = await startHttpServer((_request, response) => response.end(PNG.bytes));
  });
  afterEach(() => setTrouble(app, {}));
  afterAll(async () => {
    await app.stop();
    await canary.stop();
  });

  const text = (files = [PNG], given: { body?: string; mediaUrls?: string[] } = {}): Promise<MessageDto> =>
    textFiles(app, files, { from: newPhone(), ...given });

  const requestsWith = async (path: string): Promise<{ url: string; headers: Record<string, string> }[]> => {
    const answer = await fetch(`${app.simulator.url}/sim/v1/requests?direction=in&path=${path}`);
    return ((await answer.json()) as { requests: { url: string; headers: Record<string, string> }[] }).requests;
  };

  test('gets all of a message, in its order, each with its type, size and bytes', async () => {
    const media = await mediaOnceFetched(app, await text([PNG, GIF, PNG], { body: 'Three' }));
    expect(media).toEqual(
      [PNG, GIF, PNG].map(({ contentType, bytes }) => ({
        id: expect.any(String),
        contentType,
        state: 'stored',
        url: expect.stringMatching(/^\/api\/v1\/media\/[0-9a-f-]{36}$/),
        size: bytes.length,
        reason: null,
        reasonCode: null,
      })),
    );
    for (const [n, { bytes }] of [PNG, GIF, PNG].entries()) {
      expect((await download(app, media[n]!.id)).bytes).toEqual(bytes);
    }
    const { id } = media[0]!;
    expect(await findMediaRow(app, id)).toMatchObject({
      state: 'stored',
      attempts: 1,
      sha256: createHash('sha256').update(PNG.bytes).digest('hex'),
      storage_key: `${await firstAccountId(app)}/${id}`,
    });
  });

  test('gets a picture that came without a text', async () => {
    const message = await text([GIF], { body: '' });
    expect(message.body).toBe('');
    expect(await mediaOnceFetched(app, message)).toMatchObject([{ state: 'stored' }]);
  });

  test('shows the credentials to the API, and to nobody it leads to', async () => {
    const message = await text();
    const [media] = await mediaOnceFetched(app, message);
    const { source_url } = await findMediaRow(app, media!.id);
    const path = new URL(source_url).pathname;
    expect(await requestsWith(path)).toMatchObject([{ headers: { authorization: 'Basic ****' } }]);
    const atTheCdn = await requestsWith(`/cdn/${path.split('/').at(-1)}`);
    expect(atTheCdn).toHaveLength(1);
    expect(atTheCdn[0]!.headers).not.toHaveProperty('authorization');
  });

  test('goes on after a first 404, and the text is there all the while', async () => {
    await setTrouble(app, { rest: [{ status: 404, times: 1, path: '/Media/' }] });
    const message = await text([PNG], { body: 'Look at this' });
    expect(message).toMatchObject({ body: 'Look at this', media: [{ state: 'pending', size: null, reason: null }] });
    const [media] = await mediaOnceFetched(app, message);
    expect(media).toMatchObject({ state: 'stored', size: PNG.bytes.length });
    expect(await findMediaRow(app, media!.id)).toMatchObject({ attempts: 2 });
  });

  test.each([
    [404, 3, 'Twilio does not have it'],
    [401, 5, 'AUTH TOKEN'],
    [429, 5, 'could not be reached'],
    [503, 5, 'could not be reached'],
  ])('gives up on %i after %i tries, says why, and keeps the text', async (status, attempts, reason) => {
    await setTrouble(app, { rest: [{ status, times: 100, path: '/Media/' }] });
    const message = await text([PNG], { body: 'Did you get it?' });
    const [media] = await mediaOnceFetched(app, message);
    expect(media).toMatchObject({ state: 'unavailable', reason: expect.stringContaining(reason), size: null });
    expect(await findMediaRow(app, media!.id)).toMatchObject({ attempts, sha256: null });
    expect(await lastMessage(app, message.contactId)).toMatchObject({ body: 'Did you get it?' });
  });

  test('keeps as much as allowed, and no byte more', async () => {
    const [whole, tooBig] = [MAX_BYTES, MAX_BYTES + 1].map((size) => ({
      contentType: 'image/png',
      bytes: Buffer.concat([PNG.bytes, Buffer.alloc(size)], size),
    }));
    expect(await mediaOnceFetched(app, await text([whole!, tooBig!]))).toMatchObject([
      { state: 'stored', size: MAX_BYTES },
      { state: 'unavailable', reason: expect.stringContaining('MEDIA_MAX_BYTES'), size: null },
    ]);
  });

  test.each<[string, () => string]>([
    ['another server', () => canary.url],
    ['another server with a path as of Twilio', () => `${canary.url}${pathOf(app.simulator.accountSid)}`],
    ['another account', () => `${app.simulator.url}${pathOf(`AC${'ff'.repeat(16)}`)}`],
    ['the cloud', () => 'http://169.254.169.254/latest/meta-data/'],
    ['a file', () => 'file:///etc/passwd'],
    [
      'the Internet, when something stands in for Twilio',
      () => `https://api.twilio.com${pathOf(app.simulator.accountSid)}`,
    ],
    ['what is no URL', () => 'media'],
  ])('asks nobody when a signed webhook says that media are at %s', async (_, locate) => {
    const [from, before] = [newPhone(), (await requestsWith('/Media/')).length];
    const form = buildForm({ From: from, NumMedia: '1', MediaUrl0: locate(), MediaContentType0: 'image/png' });
    expect((await postSigned(app, entryPoint.webhookUrl, form)).status).toBe(200);
    const contact = await eventually('the contact', async () => {
      const query = `contacts?customer=${encodeURIComponent(from)}`;
      return expectStatus(await app.api.get<{ data: ContactDto[] }>(query), 200).data[0];
    });
    const message = await lastMessage(app, contact.id);
    expect(await mediaOnceFetched(app, message)).toMatchObject([
      {
        state: 'unavailable',
        reason: expect.stringContaining('does not belong to your Twilio account'),
        contentType: 'image/png',
      },
    ]);
    expect(message.body).toBe('Hello');
    expect(await findMediaRow(app, message.media[0]!.id)).toMatchObject({ attempts: 1 });
    expect(canary.connections()).toBe(0);
    expect((await requestsWith('/Media/')).length).toBe(before);
  });

  test('tells the contact of what came and of what did not, with a version each', async () => {
    const tooBig = { contentType: 'image/png', bytes: Buffer.alloc(MAX_BYTES + 1) };
    const message = await text([PNG, tooBig]);
    await mediaOnceFetched(app, message);
    const { contactId, id: messageId } = message;
    const events = await app.dataSource.query(
      'SELECT type, message_id, version FROM contact_events WHERE contact_id = $1 ORDER BY transaction_id, position',
      [contactId],
    );
    expect(events).toEqual([
      { type: 'contact.created', message_id: null, version: 1 },
      { type: 'contact.message', message_id: messageId, version: 2 },
      { type: 'message.media', message_id: messageId, version: 3 },
      { type: 'message.media', message_id: messageId, version: 4 },
    ]);
    expect((await app.api.get(`contacts/${contactId}`)).body).toMatchObject({ version: 4, messageCount: 1 });
  });

  test('finds by itself what no job tells of', async () => {
    const message = await text();
    const known = (await mediaOnceFetched(app, message))[0]!.id;
    const { source_url: url } = await findMediaRow(app, known);
    await app.dataSource.query('DELETE FROM message_media WHERE id = $1', [known]);
    const accountId = await firstAccountId(app);
    const { contactId, id: messageId } = message;
    const lost = { accountId, contactId, messageId, media: [{ url, contentType: 'image/png' }] };
    const [id] = await insertPendingMedia(app.dataSource.manager, [lost]);
    await makeOverdue(id!);
    expect(await mediaOnceFetched(app, message)).toMatchObject([{ id, state: 'stored' }]);
    expect(await findMediaRow(app, id!)).toMatchObject({ attempts: 1 });
  });

  describe('of which a process died', () => {
    const claimed = async (): Promise<MessageDto> => {
      await setTrouble(app, { rest: [{ status: 503, times: 1, path: '/Media/' }] });
      const message = await text();
      const { id } = message.media[0]!;
      await eventually('the first try to end', async () => {
        const [row] = await app.dataSource.query(
          `UPDATE message_media SET next_try_at = now() WHERE id = $1 AND job_due_at > next_try_at
           AND attempts = 1 RETURNING id`,
          [id],
        );
        return row.length === 1;
      });
      expect(await claimMedia(app.dataSource.manager, id)).toMatchObject({ id, attempts: 2 });
      return message;
    };

    test('nobody else takes it while the try may still go on, then the sweep brings it back', async () => {
      const message = await claimed();
      const { id } = message.media[0]!;
      expect(await claimMedia(app.dataSource.manager, id)).toBeNull();
      await makeOverdue(id);
      expect(await mediaOnceFetched(app, message)).toMatchObject([{ state: 'stored' }]);
      expect(await findMediaRow(app, id)).toMatchObject({ attempts: 3 });
    });

    test('each time, it is given up', async () => {
      const message = await claimed();
      const { id } = message.media[0]!;
      await app.dataSource.query('UPDATE message_media SET attempts = 5 WHERE id = $1', [id]);
      await makeOverdue(id);
      const interrupted = { state: 'unavailable', reason: expect.stringContaining('interrupted') };
      expect(await mediaOnceFetched(app, message)).toMatchObject([interrupted]);
    });
  });

  async function makeOverdue(id: string): Promise<void> {
    await app.dataSource.query(
      `UPDATE message_media SET next_try_at = now(), job_due_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
  }
});

const pathOf = (accountSid: string): string => `/2010-04-01/Accounts/${accountSid}/Messages/${MM}/Media/${ME}`;
