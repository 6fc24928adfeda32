import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HealthReportDto } from '../../src/health/health-report.dto.js';
import { ClockService } from '../../src/queue/clock.service.js';
import { Api } from '../support/api.ts';
import { startTestApp, startTestProcess, type TestApp, type TestProcess } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { findJournalRow } from '../support/journal.ts';
import { buildForm, newMessageSid, postSigned } from '../support/signed-forms.ts';

describe('A process whose clock differs from the database', () => {
  let app: TestApp;
  let worker: TestProcess;

  beforeAll(async () => {
    app = await startTestApp({ ROLES: 'api,scheduler' });
    await connectTelephony(app);
    // PostgreSQL's own clock, some seconds off, for whoever connects from now on.
    const [{ name }] = await app.dataSource.query('SELECT current_database() AS name');
    await app.dataSource.query(`
      CREATE TABLE skew (seconds float8 NOT NULL);
      INSERT INTO skew VALUES (60);
      CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS
        'SELECT pg_catalog.clock_timestamp() + (SELECT seconds FROM public.skew) * interval ''1 second''';
      ALTER DATABASE ${name} SET search_path = public, pg_catalog`);
    worker = await startTestProcess(app, { ROLES: 'api,worker' });
  });
  afterAll(async () => {
    await worker.stop();
    await app.stop();
  });

  const setSkew = async (seconds: number): Promise<void> => {
    await app.dataSource.query('UPDATE skew SET seconds = $1', [seconds]);
    await worker.app.get(ClockService).check();
  };
  const readiness = async (): Promise<{ status: number; body: unknown }> => {
    const answer = await fetch(`${worker.url}/health/ready`);
    return { status: answer.status, body: await answer.json() };
  };
  const clockCheck = async () => {
    const report = expectStatus(await new Api(worker.url, app.api.key).get<HealthReportDto>('health-report'), 200);
    return report.checks.find(({ name }) => name === 'clock');
  };

  test('takes no job while it is far off, says so, and goes on when it is right', async () => {
    const { webhookUrl } = await buildEntryPoint(app);
    const messageSid = newMessageSid();
    await eventually(
      'the intake accepts it',
      async () => (await postSigned(app, webhookUrl, buildForm({ MessageSid: messageSid }))).status === 200,
    );
    expect(await readiness()).toMatchObject({ status: 503, body: { error: { process: { status: 'down' } } } });
    expect(await clockCheck()).toMatchObject({
      state: 'failing',
      detail: expect.stringMatching(/behind the database's/),
    });

    await setSkew(2);
    expect((await readiness()).status).toBe(503);
    await eventually('its verdict', async () => (await findJournalRow(app, messageSid))?.verdict);
    await setSkew(-60);
    expect(await clockCheck()).toMatchObject({ detail: expect.stringMatching(/ahead of the database's/) });
    await setSkew(0);
    expect((await readiness()).status).toBe(200);
    expect(await clockCheck()).toMatchObject({ state: 'ok' });
  });
});
