import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrate } from '../../src/database/prepare-database.js';
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

describe('A migration whose table is in use', () => {
  let database: TestDatabase;
  let reader: DirectDatabase;
  let writer: DirectDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    [reader, writer] = await Promise.all([openDirectly(database.url), openDirectly(database.url)]);
    await writer.query('CREATE TABLE busy (n integer)');
  });
  afterAll(async () => {
    await Promise.all([reader.close(), writer.close()]);
    await database.drop();
  });

  test('steps back for those who come after it, and is done when the table is free', async () => {
    await reader.query('BEGIN; SELECT * FROM busy');
    let isDone = false;
    const migrating = migrate(database.url, [ColumnForBusyTable1795492899000]).then(() => (isDone = true));
    await eventually('that it waits for its lock', async () => {
      const [waiting] = await writer.query(
        `SELECT 1 FROM pg_locks WHERE relation = 'busy'::regclass AND NOT granted AND mode = 'AccessExclusiveLock'`,
      );
      return waiting;
    });
    // Behind it in the queue for the table, with a reader that does not end.
    await writer.query('INSERT INTO busy (n) VALUES (1)');
    expect(isDone).toBe(false);
    await reader.query('COMMIT');
    await migrating;
    expect(await writer.query('SELECT n, more FROM busy')).toEqual([{ n: 1, more: null }]);
  });
});
