import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { TwilioForm } from '../../src/twilio-integration/twilio-form.js';
import { EMPTY_TWIML } from '../../src/twilio-integration/twiml.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { countRequests, findJournalRow, type JournalRow } from '../support/journal.ts';
import { buildForm, fixtureNames, newMessageSid, postSigned, readFixture, signForm } from '../support/signed-forms.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded; charset=utf-8';

/** What stands in Twilio's request, where it differs from a valid one. */
interface Request {
  method?: string;
  path?: (path: string) => string;
  body?: string;
  headers?: Record<string, string | undefined>;
  /** With which token to sign; a valid signature otherwise. */
  token?: string;
}

describe('POST /webhooks/twilio/sms/:key', () => {
  let app: TestApp;
  let entryPoint: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
  });
  afterAll(() => app.stop());

  const rowOf = (messageSid: string): Promise<JournalRow> =>
    eventually(`the verdict on ${messageSid}`, async () => {
      const row = await findJournalRow(app, messageSid);
      return row?.verdict && row;
    });
  const post = (form: string, webhookUrl = entryPoint.webhookUrl) => postSigned(app, webhookUrl, form);

  async function send({ method = 'POST', path = (same) => same, body = buildForm(), headers, token }: Request) {
    const { origin, pathname } = new URL(entryPoint.webhookUrl);
    const signature = signForm(token ?? app.simulator.authToken, entryPoint.webhookUrl, body);
    const all = { 'Content-Type': FORM_TYPE, 'X-Twilio-Signature': signature, ...headers };
    const given = Object.entries(all).filter((header): header is [string, string] => header[1] !== undefined);
    const mayHaveBody = method !== 'GET' && method !== 'HEAD';
    // Bytes: for a text, fetch would add a content type of its own.
    return fetch(origin + path(pathname), { method, headers: given, ...(mayHaveBody && { body: Buffer.from(body) }) });
  }

  test('a signature that is good for another SMS too lets in what came first, and no other reading', async () => {
    const before = { rows: await countRows(), requests: await countRequests(app) };
    const [messageSid, ofStranger] = [newMessageSid(), newMessageSid()];
    const forged = { Body: 'hi', From: '+15005550666', MessageSid: ofStranger, To: entryPoint.phoneNumber };
    const { Body, From, MessageSid, To } = forged;
    const texted = `${Body}From${From}MessageSid${MessageSid}To${To}U`;
    const genuine = buildForm({ Body: texted, MessageSid: messageSid, SmsMessageSid: messageSid, SmsSid: messageSid });
    const signed = new TwilioForm(Buffer.from(genuine)).signedText();
    const [head, rest] = signed.split(`Body${texted}`) as [string, string];
    const accountSid = new URLSearchParams(genuine).get('AccountSid')!;
    const [, apiVersion] = head.split(`AccountSid${accountSid}ApiVersion`) as [string, string];
    const cutAnew = [
      new URLSearchParams({ AccountSid: accountSid, ApiVersion: apiVersion, ...forged, U: rest }).toString(),
      new URLSearchParams({ AccountSid: accountSid, ApiVersion: apiVersion, ...forged, [`U${rest}`]: '' }).toString(),
    ];
    for (const form of cutAnew) expect(new TwilioForm(Buffer.from(form)).signedText()).toBe(signed);

    for (const form of [genuine, ...cutAnew, genuine]) expect((await post(form)).status).toBe(200);
    expect((await rowOf(messageSid)).verdict).toBe('accepted');
    expect(await findJournalRow(app, ofStranger)).toBeUndefined();
    expect((await countRows()) - before.rows).toBe(1);
    expect((await countRequests(app)).minus(before.requests)).toEqual({ accepted: 1, duplicate: 3 });
  });

  test('what is no SMS is kept once, however its form is cut into names and values', async () => {
    const before = await countRows();
    const form = buildForm({ MessageSid: 'no SID', Body: `cut ${newMessageSid()}` });
    const shifted = form.replace('Body=cut+', 'Bodycut=+');
    expect(new TwilioForm(Buffer.from(shifted)).signedText()).toBe(new TwilioForm(Buffer.from(form)).signedText());
    for (const each of [form, shifted, `${form}&`, form.replace('cut', '%63ut')]) {
      expect((await post(each)).status).toBe(200);
    }
    expect((await countRows()) - before).toBe(1);
  });

  async function countRows(): Promise<number> {
    const [{ count }] = await app.dataSource.query('SELECT count(*)::int AS count FROM inbound_sms');
    return count;
  }

  const otherAccount = { body: buildForm({ AccountSid: `AC${'f'.repeat(32)}` }) };
  const json = JSON.stringify({ Body: 'Hello' });
  const multipart = '--x\r\nContent-Disposition: form-data; name="Body"\r\n\r\nHello\r\n--x--\r\n';
  test.each<[string, Request, status: number, outcome: string, rows: number]>([
    ['an SMS', {}, 200, 'accepted', 1],
    [
      'a wrong signature',
      { headers: { 'X-Twilio-Signature': 'L/OH5YylLD5NRKLltdqwSvS0BnU=' } },
      403,
      'signature_invalid',
      0,
    ],
    ['an empty signature', { headers: { 'X-Twilio-Signature': '' } }, 403, 'signature_invalid', 0],
    ['no signature', { headers: { 'X-Twilio-Signature': undefined } }, 403, 'signature_invalid', 0],
    ['another token', { token: 'f'.repeat(32) }, 403, 'signature_invalid', 0],
    ['an empty token', { token: '' }, 403, 'signature_invalid', 0],
    [
      'another host, as anybody can claim',
      { headers: { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' } },
      200,
      'accepted',
      1,
    ],
    ['a query that nobody signed', { path: (path) => `${path}?a=1` }, 200, 'accepted', 1],
    ['a query with a slash in it', { path: (path) => `${path}?a=/b` }, 200, 'accepted', 1],
    ['an unknown key', { path: () => `/webhooks/twilio/sms/${'0'.repeat(32)}` }, 404, 'unknown_key', 0],
    ['a key that is far too long', { path: (path) => path + '0'.repeat(500) }, 414, 'uri_too_long', 0],
    ['a path below the key', { path: (path) => `${path}/more` }, 404, 'not_found', 0],
    ['a URL that cannot be decoded', { path: (path) => `${path}%zz` }, 400, 'bad_request', 0],
    ['AccountSid of another account', otherAccount, 200, 'quarantined', 1],
    ['AccountSid of 60 KiB', { body: buildForm({ AccountSid: 'A'.repeat(60 * 1024) }) }, 200, 'quarantined', 1],
    ['JSON', { headers: { 'Content-Type': 'application/json' }, body: json }, 415, 'not_a_form', 0],
    ['broken JSON', { headers: { 'Content-Type': 'application/json' }, body: '{' }, 415, 'not_a_form', 0],
    ['plain text', { headers: { 'Content-Type': 'text/plain' } }, 415, 'not_a_form', 0],
    [
      'multipart',
      { headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, body: multipart },
      415,
      'not_a_form',
      0,
    ],
    ['no content type', { headers: { 'Content-Type': undefined } }, 415, 'not_a_form', 0],
    ['nothing at all', { headers: { 'Content-Type': undefined }, body: '' }, 415, 'not_a_form', 0],
    ['an empty form', { body: '' }, 200, 'quarantined', 1],
    ['a form of 70 KiB', { body: buildForm({ Body: 'x'.repeat(70 * 1024) }) }, 413, 'body_too_large', 0],
    ['GET', { method: 'GET' }, 404, 'not_found', 0],
    ['HEAD', { method: 'HEAD' }, 404, 'not_found', 0],
    ['PUT', { method: 'PUT' }, 404, 'not_found', 0],
    ['signed, but without From', { body: buildForm({ From: undefined }) }, 200, 'quarantined', 1],
    ['signed, to a number that nothing has', { body: buildForm({ To: '+15005559999' }) }, 200, 'accepted', 1],
    ['signed, with nonsense for NumMedia', { body: buildForm({ NumMedia: '-1e9' }) }, 200, 'accepted', 1],
    ['signed, with more media than there are', { body: buildForm({ NumMedia: '9999' }) }, 200, 'accepted', 1],
    ['signed, with a NUL in each party', { body: buildForm({ From: '\0', To: '\0' }) }, 200, 'accepted', 1],
    ['signed, but with an odd MessageSid', { body: buildForm({ MessageSid: 'SM1' }) }, 200, 'quarantined', 1],
    ['signed, but without MessageSid', { body: buildForm({ MessageSid: undefined }) }, 200, 'quarantined', 1],
    ['signed, but with two of Body', { body: `${buildForm()}&Body=more` }, 200, 'quarantined', 1],
  ])('%s', async (_, request, status, outcome, rows) => {
    const [rowsBefore, requestsBefore] = [await countRows(), await countRequests(app)];
    const answer = await send(request);
    const body = await answer.text();

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(answer.headers.get('set-cookie')).toBeNull();
    if (request.method === 'HEAD') expect(body).toBe('');
    else if (status === 200) expect(body).toBe(EMPTY_TWIML);
    else expect(body).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?><Response><!-- [^<>]+ --><\/Response>$/);
    expect((await countRows()) - rowsBefore).toBe(rows);
    expect((await countRequests(app)).minus(requestsBefore)).toEqual({ [outcome]: 1 });
  });

  test.each(fixtureNames)('takes %s, and keeps every byte', async (name) => {
    const form = readFixture(name);
    const answer = await post(form);
    expect([answer.status, answer.contentType, answer.body]).toEqual([200, 'text/xml; charset=utf-8', EMPTY_TWIML]);
    const messageSid = new URLSearchParams(form).get('MessageSid')!;
    const row = await rowOf(messageSid);
    expect(row.raw.toString()).toBe(form);
    expect(row).toMatchObject({ verdict: 'accepted', entry_point_id: entryPoint.id });
    const { body } = await app.api.get<{ data: { raw: object }[] }>(`inbound-sms?twilioMessageSid=${messageSid}`);
    expect(body.data[0]!.raw).toEqual(Object.fromEntries(new URLSearchParams(form)));
  });

  test('whatever Twilio signed is answered 200 and is in the journal once', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('', '\0', '+1', 'AC', '9'.repeat(30)),
    );
    const names = [
      'AccountSid',
      'MessageSid',
      'From',
      'To',
      'Body',
      'NumMedia',
      'NumSegments',
      'MediaUrl0',
      'OptOutType',
    ];
    const changes = fc.dictionary(fc.constantFrom(...names), fc.option(value, { nil: undefined }), {
      noNullPrototype: true,
    });
    const more = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), value), value), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(changes, more, async (changed, added) => {
        const form = [buildForm({ NumMedia: '1', ...changed }), new URLSearchParams(added).toString()].join('&');
        expect([form, (await post(form)).status]).toEqual([form, 200]);
        const [{ count }] = await app.dataSource.query(
          'SELECT count(*)::int AS count FROM inbound_sms WHERE raw = $1 OR twilio_message_sid = $2',
          [Buffer.from(form), new URLSearchParams(form).get('MessageSid')?.replaceAll('\0', '') ?? ''],
        );
        expect([form, count]).toEqual([form, 1]);
      }),
      { numRuns: 200 },
    );
  });

  test('a form that is no SMS is quarantined, makes no contact, and cannot be replayed', async () => {
    const form = buildForm({ MessageSid: undefined, From: '+15005550177' });
    await post(form);
    await post(form);
    const { body } = await app.api.get<{ data: { id: string; raw: { From: string }; lastError: string }[] }>(
      'inbound-sms?verdict=quarantined',
    );
    const rows = body.data.filter(({ raw }) => raw.From === '+15005550177');
    expect(rows).toEqual([expect.objectContaining({ lastError: 'MessageSid occurs 0 times instead of once' })]);
    const replay = await app.api.post(`inbound-sms/${rows[0]!.id}/replay`);
    expect(replay).toMatchObject({ status: 409, body: { errorCode: 'not_an_sms' } });
    const contacts = await app.api.get<{ data: unknown[] }>('contacts?customer=%2B15005550177');
    expect(contacts.body.data).toEqual([]);
  });

  test.each([
    ['one after the other', 2, false],
    ['20 times at once', 20, true],
  ])('the same MessageSid %s is one row and one message, each answered 200', async (_, times, together) => {
    const messageSid = newMessageSid();
    const form = buildForm({ MessageSid: messageSid });
    const before = await countRequests(app);
    const statuses: number[] = [];
    const postOnce = async (): Promise<unknown> => statuses.push((await post(form)).status);
    if (together) await Promise.all(Array.from({ length: times }, postOnce));
    else for (let i = 0; i < times; i++) await postOnce();

    expect(statuses).toEqual(Array.from({ length: times }, () => 200));
    await rowOf(messageSid);
    const counts = await app.dataSource.query(
      `SELECT (SELECT count(*)::int FROM inbound_sms WHERE twilio_message_sid = $1) AS rows,
         (SELECT count(*)::int FROM messages WHERE twilio_message_sid = $1) AS messages`,
      [messageSid],
    );
    expect(counts).toEqual([{ rows: 1, messages: 1 }]);
    expect((await countRequests(app)).minus(before)).toEqual({ accepted: 1, duplicate: times - 1 });
  });
});
