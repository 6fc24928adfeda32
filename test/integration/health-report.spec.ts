import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EntryPointDto, EntryPointPageDto } from '../../src/entry-points/entry-point.dto.js';
import type { AboutDto } from '../../src/health/about.dto.js';
import type { HealthReportDto } from '../../src/health/health-report.dto.js';
import type { HealthCheckName } from '../../src/health-checks/health-check.js';
import { buildAccount, firstAccountId } from '../support/accounts.ts';
import { startTestApp, startTestProcess, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { Api } from '../support/api.ts';
import { postReply } from '../support/replies.ts';
import { buildForm, postForm } from '../support/signed-forms.ts';

const PACKAGE = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as AboutDto;

describe('The health report', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    await buildEntryPoint(app, { name: 'Support EN' });
  });
  afterAll(() => app.stop());

  const read = async (api = app.api): Promise<HealthReportDto> =>
    expectStatus(await api.get<HealthReportDto>('health-report'), 200);
  const checkOf = ({ checks }: HealthReportDto, name: HealthCheckName) => checks.find((check) => check.name === name);

  test('says that all is well, in words, and what the queues hold', async () => {
    const { status, checks, queues, backlog, flow } = await read();
    expect(status).toBe('ok');
    expect(checks.map(({ name, state, since }) => [name, state, since])).toEqual(
      [
        'database',
        'queue',
        'telephony',
        'webhooks',
        'signatures',
        'reconciliation',
        'inbound_backlog',
        'outbound_backlog',
        'event_consumers',
        'dead_letters',
        'spool',
        'durability',
        'clock',
      ].map((name) => [name, 'ok', null]),
    );
    expect(queues.map(({ name }) => name)).toEqual(['inbound-sms', 'outbound-sms', 'outbound-sms-status', 'media']);
    for (const { name: _, ...counts } of queues) {
      expect(counts).toEqual({
        waiting: expect.any(Number),
        active: expect.any(Number),
        delayed: expect.any(Number),
        failed: 0,
        oldestWaitingSeconds: null,
      });
    }
    expect(backlog).toEqual({
      unprocessed: 0,
      oldestUnprocessedSeconds: null,
      outboundWaiting: 0,
      oldestOutboundSeconds: null,
    });
    expect(flow).toHaveLength(15);
  });

  test('counts minute by minute what came, what was accepted and what agents replied', async () => {
    const { id } = await textAndWait(app, { from: '+15005552001' });
    await textAndWait(app, { from: '+15005552001' });
    expectStatus(await postReply(app, id, { body: 'Hello' }), 201);
    const { flow } = await read();
    const minutes = flow.map(({ minute }) => new Date(minute).getTime());
    expect(minutes).toEqual(Array.from({ length: 15 }, (_, n) => minutes[0]! + n * 60_000));
    expect(Date.now() - minutes.at(-1)!).toBeLessThan(61_000);
    const sum = (field: 'received' | 'accepted' | 'replied') => flow.reduce((total, each) => total + each[field], 0);
    expect([sum('received'), sum('accepted'), sum('replied')]).toEqual([2, 2, 1]);
  });

  test('names what is wrong, for the account it is wrong for', async () => {
    await app.dataSource.query(
      `INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, raw,
         conversation_key, job_due_at, received_at, verdict, processed_at)
       SELECT gen_random_uuid(), $1, 'AC', 'SM' || n, '+15005552009', '+15005550006', '', '', 0, 'infinity',
         now() - interval '1 minute', verdict, CASE WHEN verdict IS NOT NULL THEN now() END
       FROM unnest(ARRAY[NULL, 'dead_letter']) WITH ORDINALITY AS sms (verdict, n)`,
      [await firstAccountId(app)],
    );
    await app.dataSource.query(`UPDATE entry_points SET webhook_state = 'changed'`);
    const report = await read();
    expect(report.status).toBe('warning');
    expect(report.backlog).toMatchObject({ unprocessed: 1 });
    expect(report.backlog.oldestUnprocessedSeconds).toBeGreaterThanOrEqual(60);
    expect(checkOf(report, 'inbound_backlog')).toMatchObject({ state: 'warning', since: expect.any(String) });
    expect(checkOf(report, 'dead_letters')).toMatchObject({ state: 'warning', since: expect.any(String) });
    expect(checkOf(report, 'webhooks')).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining('"Support EN" (changed at Twilio)'),
      reason: 'webhooks_unset',
      params: { entryPoints: '"Support EN"' },
      entryPoints: [{ id: expect.any(String), name: 'Support EN', state: 'changed' }],
    });

    const foreign = await read((await buildAccount(app)).api);
    expect(foreign.backlog.unprocessed).toBe(0);
    expect(foreign.flow.every(({ received, replied }) => received + replied === 0)).toBe(true);
    expect(foreign.checks.filter(({ state }) => state !== 'ok').map(({ name }) => name)).toEqual(['telephony']);
  });

  test('counts requests whose signature is wrong, and says what it was checked against', async () => {
    const [{ webhookUrl }] = expectStatus(await app.api.get<EntryPointPageDto>('entry-points'), 200).data as [
      EntryPointDto,
    ];
    expect((await postForm(webhookUrl, buildForm(), { 'X-Twilio-Signature': 'wrong' })).status).toBe(403);
    expect(checkOf(await read(), 'signatures')).toMatchObject({
      state: 'warning',
      reason: 'signatures_wrong',
      params: { count: 1, address: app.url },
    });
    expect(checkOf(await read((await buildAccount(app)).api), 'signatures')).toMatchObject({ state: 'ok' });
  });

  test('notices a consumer that is not given its events', async () => {
    expectStatus(await app.api.put('consumers/billing', {}), 200);
    const runner = app.dataSource.createQueryRunner();
    const [{ key }] = await runner.query(`SELECT hashtextextended('consumer:' || id, 0) AS key FROM consumers`);
    // Whoever has this lock gives the consumer its events: for now, nobody does.
    await runner.query('SELECT pg_advisory_lock($1)', [key]);
    try {
      await runner.query(`UPDATE consumers SET cursor_transaction_id = '1', cursor_position = 0`);
      await runner.query(`UPDATE contact_events SET at = now() - interval '1 minute'`);
      expect(checkOf(await read(), 'event_consumers')).toMatchObject({
        state: 'failing',
        detail: expect.stringContaining('billing'),
        since: expect.any(String),
      });
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [key]);
      await runner.release();
    }
    await eventually(
      'the consumer has its events',
      async () => checkOf(await read(), 'event_consumers')?.state === 'ok',
    );
  });

  test('about says which version runs, that Twilio is simulated, and on what it runs', async () => {
    expect(expectStatus(await app.api.get<AboutDto>('about'), 200)).toEqual({
      version: PACKAGE.version,
      mode: 'simulator',
      simulatorUrl: app.simulator.url,
      publicUrl: app.url,
      publicUrlProblem: null,
      publicUrlReason: null,
      telephonyState: 'connected',
      mediaMaxBytes: 10 * 1024 * 1024,
      queues: 'postgres',
      embeddedDatabase: false,
      roles: ['api', 'worker', 'scheduler'],
    });
  });

  test('of a process at an address that Twilio cannot reach, both say so', async () => {
    const live = await startTestProcess(app, {
      TWILIO_API_BASE_URL: '',
      PUBLIC_URL: 'http://sms.example.com',
      ROLES: 'api',
    });
    try {
      const api = new Api(live.url, app.api.key);
      expect((await api.get('about')).body).toMatchObject({
        mode: 'live',
        simulatorUrl: null,
        publicUrl: 'http://sms.example.com',
        publicUrlProblem: 'http://sms.example.com is not https, so SMS would cross the internet in the clear',
        publicUrlReason: 'not_https',
        roles: ['api'],
      });
      expect(checkOf(await read(api), 'webhooks')).toMatchObject({
        state: 'failing',
        detail: expect.stringContaining('Set PUBLIC_URL'),
      });
    } finally {
      await live.stop();
    }
  });
});
