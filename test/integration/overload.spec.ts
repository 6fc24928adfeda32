import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { countRequests } from '../support/journal.ts';
import { type DirectDatabase, openDirectly } from '../support/postgres.ts';
import { buildForm, type WebhookAnswer, newMessageSid, postForm, postSigned } from '../support/signed-forms.ts';

const MAX_WAITING = 10;

describe('More SMS than the intake can store', () => {
  let app: TestApp;
  let direct: DirectDatabase;
  let entryPoint: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp({ INTAKE_MAX_WAITING: String(MAX_WAITING) });
    direct = await openDirectly(app.databaseUrl);
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    await eventually('the intake knows it', async () => (await post()).status === 200);
  });
  afterAll(async () => {
    await direct.close();
    await app.stop();
  });

  const post = (MessageSid = newMessageSid()): Promise<WebhookAnswer> =>
    postSigned(app, entryPoint.webhookUrl, buildForm({ MessageSid }));

  test('are refused, at once or in time, so that Twilio tries again, and each is kept once then', async () => {
    const before = await countRequests(app);
    const sids = Array.from({ length: 60 }, newMessageSid);
    await direct.query('BEGIN');
    await direct.query('LOCK TABLE inbound_sms IN ACCESS EXCLUSIVE MODE');
    const answers = await Promise.all(sids.map((sid) => post(sid)));
    await direct.query('ROLLBACK');
    for (const { status, contentType, headers, ms } of answers) {
      expect([status, contentType, headers.get('retry-after')]).toEqual([503, 'text/xml; charset=utf-8', '2']);
      expect(ms).toBeLessThan(8_000); // it waits 1.5 s; the rest is this machine's
    }
    const refused = (await countRequests(app)).minus(before);
    // One batch is on its way, one waits.
    expect(refused['overloaded']).toBeGreaterThanOrEqual(60 - 2 * MAX_WAITING);

    for (const sid of sids) {
      await eventually('that it is taken', async () => (await post(sid)).status === 200);
    }
    const [{ count }] = (await direct.query(
      'SELECT count(*)::int AS count FROM inbound_sms WHERE twilio_message_sid = ANY ($1)',
      [sids],
    )) as [{ count: number }];
    expect(count).toBe(sids.length);
  }, 90_000);

  test('take no place from others when nobody signed them', async () => {
    const forged = Array.from({ length: 5 * MAX_WAITING }, () =>
      postForm(entryPoint.webhookUrl, buildForm(), { 'X-Twilio-Signature': 'forged' }),
    );
    expect((await post()).status).toBe(200);
    expect(new Set((await Promise.all(forged)).map(({ status }) => status))).toEqual(new Set([403]));
  });
});
