import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_SCHEMA, MIGRATION_ADVISORY_LOCK_KEY } from 'bullmq';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Waiting } from '../../../src/common/waiting.js';
import { loadEnvironment } from '../../../src/config/load-environment.js';
import { DatabaseLocation } from '../../../src/database/database-location.js';
import { takeMigrationLock } from '../../../src/database/migration-lock.js';
import { migrate } from '../../../src/database/prepare-database.js';
import { openQueueBackend } from '../../../src/queue/queue-backend.js';
import { eventually } from '../../support/eventually.ts';
import { IN_SILENCE } from '../../support/in-silence.ts';
import { loadMigrations } from '../../support/migrations.ts';
import { createTestDatabase, type DirectDatabase, openDirectly, type TestDatabase } from '../../support/postgres.ts';

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
  const lines: string[] = [];
  const waiting = { log: (line: string) => void lines.push(line) };
  const migrating = migrate(database.url, waiting, [ColumnForBusyTable1795492899000]).then(() => (isDone = true));
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
  expect(lines).toEqual([
    'A migration is waiting for a table that other sessions use. It lets their queries run between its attempts.',
  ]);
  expect(await watcher.query('SELECT n, more FROM busy')).toEqual([{ n: 1, more: null }]);
});

test('A start waits for another process that migrates the queues, longer than a query of theirs may take', async () => {
  await holder.query('BEGIN');
  await holder.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [MIGRATION_ADVISORY_LOCK_KEY, DEFAULT_SCHEMA]);
  const opening = openQueueBackend(loadEnvironment({}), new DatabaseLocation(database.url, false), IN_SILENCE);
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

test('The journal’s indexes are made while SMS go on being stored, and again when that was cut off', async () => {
  const migrations = (await loadMigrations()) as (new () => MigrationInterface)[];
  const isLast = ({ name }: { name: string }): boolean => name.startsWith('JournalByTime');
  const other = await createTestDatabase();
  const [reader, direct] = await Promise.all([openDirectly(other.url), openDirectly(other.url)]);
  await migrate(
    other.url,
    IN_SILENCE,
    migrations.filter((migration) => !isLast(migration)),
  );
  await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
  const cutOff = migrate(other.url, IN_SILENCE, migrations).catch((error: Error) => error.message);
  const pid = await eventually('that it waits for whoever began before', async () => {
    const [found] = await direct.query(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event = 'virtualxid'`,
    );
    return found?.['pid'];
  });
  await direct.query(`SET lock_timeout = '1s'`);
  await direct.query('BEGIN; LOCK TABLE inbound_sms IN ROW EXCLUSIVE MODE; COMMIT');
  await direct.query('SELECT pg_terminate_backend($1)', [pid]);
  expect(await cutOff).toMatch(/terminat/);
  await reader.query('COMMIT');

  await migrate(other.url, IN_SILENCE, migrations);
  const indexes = await direct.query(
    `SELECT relname AS name, indisvalid AS "isValid" FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE indrelid = 'inbound_sms'::regclass AND (relname LIKE '%by_time' OR relname = 'inbound_sms_journal')`,
  );
  expect(indexes.filter(({ isValid }) => isValid)).toHaveLength(4);
  expect(indexes).toHaveLength(4);
  await Promise.all([reader.close(), direct.close()]);
  await other.drop();
});

describe('A start that finds another process at the migrations', () => {
  const starts = {
    'the service': (waiting: Waiting) => migrate(database.url, waiting, []),
    'the queues': async (waiting: Waiting) => {
      const backend = await openQueueBackend(loadEnvironment({}), new DatabaseLocation(database.url, false), waiting);
      await backend.close();
    },
  };
  test.each(Object.keys(starts) as (keyof typeof starts)[])(
    'of %s says that it waits, and goes on after it',
    async (of) => {
      const other = await openDirectly(database.url);
      await takeMigrationLock(other.query, IN_SILENCE);
      const lines: string[] = [];
      const starting = starts[of]({ log: (line) => void lines.push(line) });
      await eventually('that it says so', () => lines.length > 0);
      await other.close();
      await starting;
      expect(lines).toEqual(['Waiting for another process to migrate the database.']);
    },
  );

  test.each(Object.keys(starts) as (keyof typeof starts)[])('of %s gives up when it is to stop', async (of) => {
    const other = await openDirectly(database.url);
    await takeMigrationLock(other.query, IN_SILENCE);
    const stopping = new AbortController();
    const starting = starts[of]({ log: () => stopping.abort(), stopping: stopping.signal });
    await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
    await other.close();
  });
});
