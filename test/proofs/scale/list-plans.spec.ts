import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { textAndWait } from '../../support/contacts.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../../support/factories.ts';
import { askDirectly } from '../../support/postgres.ts';

const ROWS = 20_000;
/** PostgreSQL settles on a plan for any values after five times, of what is prepared after three. */
const OFTEN = 12;

describe('In a large database', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    await buildEntryPoint(app);
    await textAndWait(app, { from: '+15005552101' });
    // On a connection of its own: the service gives a query up after some seconds.
    await askDirectly(app.databaseUrl, async ({ query }) => {
      await query(
        `INSERT INTO contacts (id, account_id, campaign_id, entry_point_id, state, lang, ani, dnis, agent_id, tags, created_at,
         accepted_at, closed_at, close_reason)
       SELECT uuidv7(age), account_id, campaign_id, entry_point_id, 'closed', lang, '+1500556' || n, dnis, 'ana',
         CASE WHEN n % 10 = 0 THEN ARRAY['vip'] ELSE '{}' END, now() + age, now() + age, now() + age, 'agent'
       FROM contacts, generate_series(1, $1::int) AS n, LATERAL (SELECT (n - $1 - 1) * interval '1 minute' AS age) AS past`,
        [ROWS],
      );
      await query(
        `INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, raw,
         conversation_key, received_at, processed_at, verdict)
       SELECT uuidv7(), account_id, account_sid, 'SM' || md5(n::text), from_number, to_number, body, raw, conversation_key,
         now() - ($1 + 1 - n) * interval '1 minute', now(), 'accepted'
       FROM inbound_sms, generate_series(1, $1::int) AS n`,
        [ROWS],
      );
      for (const table of ['contacts', 'inbound_sms']) await query(`VACUUM ANALYZE ${table}`);
    });
  });
  afterAll(() => app.stop());

  /** Of both tables, by all connections of the service. */
  const countRowsRead = async (): Promise<number> => {
    const flush = (): Promise<unknown> => app.dataSource.query('SELECT pg_stat_force_next_flush(), pg_sleep(0.1)');
    await Promise.all(Array.from({ length: 10 }, flush));
    const [{ rows }] = await app.dataSource.query(
      `SELECT sum(seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_user_tables
       WHERE relname IN ('contacts', 'inbound_sms')`,
    );
    return rows;
  };
  const daysAgo = (days: number): string => new Date(Date.now() - days * 24 * 60 * 60_000).toISOString();

  test.each([
    ['contacts that wait', () => 'contacts?state=waiting&order=oldest'],
    ["an agent's contacts", () => 'contacts?state=active&agentId=ana'],
    ['contacts with a common tag', () => 'contacts?tag=VIP&limit=10'],
    ['texts before a day', () => `inbound-sms?until=${daysAgo(10)}`],
  ])('%s are found without reading the rest, however often', async (_, path) => {
    const before = await countRowsRead();
    for (let n = 0; n < OFTEN; n++) expectStatus(await app.api.get(path()), 200);
    expect((await countRowsRead()) - before).toBeLessThan(ROWS);
  });
});
