import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEFAULT_SCHEMA, MIGRATION_ADVISORY_LOCK_KEY } from 'bullmq';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadEnvironment } from '../../src/config/load-environment.js';
import { migrate } from '../../src/database/prepare-database.js';
import { openQueueBackend } from '../../src/queue/queue-backend.js';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type DirectDatabase, openDirectly, type TestDatabase } from '../support/postgres.ts';

class ColumnForBusyTable1795492899000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE busy ADD COLUMN more integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE busy DROP COLUMN more');
  }
}

let database: TestDatabase;
let holder: DirectDatabase;
let watcher: DirectDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  [holder, watcher] = await Promise.all([openDirectly(database.url), openDirectly(database.url)]);
});
afterAll(async () => {
  await Promise.all([holder.close(), watcher.close()]);
  await database.drop();
});

test('A migration whose table is in use steps back for those who come after it, and is done when the table is free', async () => {
  await watcher.query('CREATE TABLE busy (n integer)');
  await holder.query('BEGIN; SELECT * FROM busy');
  let isDone = false;
  const migrating = migrate(database.url, [ColumnForBusyTable1795492899000]).then(() => (isDone = true));
  await eventually('that it waits for its lock', async () => {
    const [waiting] = await watcher.query(
      `SELECT 1 FROM pg_locks WHERE relation = 'busy'::regclass AND NOT granted AND mode = 'AccessExclusiveLock'`,
    );
    return waiting;
  });
  // Behind it in the queue for the table, with a reader that does not end.
  await watcher.query('INSERT INTO busy (n) VALUES (1)');
  expect(isDone).toBe(false);
  await holder.query('COMMIT');
  await migrating;
  expect(await watcher.query('SELECT n, more FROM busy')).toEqual([{ n: 1, more: null }]);
});

test('A start waits for another process that migrates the queues, longer than a query of theirs may take', async () => {
  await holder.query('BEGIN');
  await holder.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [MIGRATION_ADVISORY_LOCK_KEY, DEFAULT_SCHEMA]);
  const opening = openQueueBackend(loadEnvironment({ DATABASE_URL: database.url }));
  const waitsLong = eventually('that it has waited for 4 s', async () => {
    const [waiting] = await watcher.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event = 'advisory' AND clock_timestamp() - query_start > '4 s'`,
    );
    return waiting;
  });
  await Promise.race([waitsLong, opening]);
  await holder.query('COMMIT');
  const backend = await opening;
  await backend.ping();
  expect(await watcher.query(`SELECT to_regclass('bullmq.migration') IS NOT NULL AS "isMigrated"`)).toEqual([
    { isMigrated: true },
  ]);
  await backend.close();
});
