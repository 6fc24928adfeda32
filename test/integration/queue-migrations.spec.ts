import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEFAULT_SCHEMA, MIGRATION_ADVISORY_LOCK_KEY } from 'bullmq';
import { loadEnvironment } from '../../src/config/load-environment.js';
import { openQueueBackend } from '../../src/queue/queue-backend.js';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type DirectDatabase, openDirectly, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let other: DirectDatabase;
let watcher: DirectDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  [other, watcher] = await Promise.all([openDirectly(database.url), openDirectly(database.url)]);
});
afterAll(async () => {
  await Promise.all([other.close(), watcher.close()]);
  await database.drop();
});

test('A start waits for another process that migrates the queues, longer than a query of theirs may take', async () => {
  await other.query('BEGIN');
  await other.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [MIGRATION_ADVISORY_LOCK_KEY, DEFAULT_SCHEMA]);
  const opening = openQueueBackend(loadEnvironment({ DATABASE_URL: database.url }));
  const waitsLong = eventually('that it has waited for 4 s', async () => {
    const [waiting] = await watcher.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event = 'advisory' AND clock_timestamp() - query_start > '4 s'`,
    );
    return waiting;
  });
  await Promise.race([waitsLong, opening]);
  await other.query('COMMIT');
  const backend = await opening;
  await backend.ping();
  expect(await watcher.query(`SELECT to_regclass('bullmq.migration') IS NOT NULL AS "isMigrated"`)).toEqual([
    { isMigrated: true },
  ]);
  await backend.close();
});
