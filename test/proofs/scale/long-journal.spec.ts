import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import { lockMoreConversations } from '../../../src/inbound-sms/inbound-sms-processing.queries.js';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { storeSilently } from '../../support/journal.ts';

const PROCESSED = 50_000;
const WAITING = 300;

let app: TestApp;
let pool: Pool;

beforeAll(async () => {
  app = await startTestApp();
  pool = new Pool({ connectionString: app.databaseUrl, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await app.stop();
});

test('What a job takes along costs as much as what waits, however long the journal is', async () => {
  // Through the test's own pool: the service gives a query up after some seconds.
  await pool.query(
    `INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, raw,
       conversation_key, processed_at, verdict)
     SELECT gen_random_uuid(), accounts.id, 'AC', 'SM' || n, '+1', '+2', '', '', n, now(), 'unrouted'
     FROM accounts, generate_series(1, $1::int) AS n`,
    [PROCESSED],
  );
  // Statistics as they are most of the time: of a table in which nothing waits.
  await pool.query('ANALYZE inbound_sms');
  await storeSilently(
    app,
    pool,
    Array.from({ length: WAITING }, (_, n) => ({ From: `+1500555${4000 + n}`, Body: 'one of many' })),
  );

  await app.dataSource.transaction(async (manager) => {
    const taken = await lockMoreConversations(manager, [], 2 * WAITING);
    expect(taken).toHaveLength(WAITING);
    const [{ rows }] = await manager.query(
      `SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'inbound_sms'`,
    );
    // Each is read when it is found, and once more when its conversation is looked at.
    expect(rows).toBeLessThanOrEqual(3 * WAITING);
  });
});
