import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { loadMigrations } from '../support/migrations.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('The migrations', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource(dataSourceOptions(database.url, 2, await loadMigrations())).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  /** Tables with their columns, indexes, constraints, triggers, statistics and functions, but for TypeORM's own table. */
  const describeSchema = async (): Promise<string[]> => {
    const rows: { line: string }[] = await dataSource.query(`
      SELECT line FROM (
        SELECT table_name AS owner, concat_ws(' ', 'column', table_name, column_name, data_type, is_nullable,
          column_default) AS line FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
          WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT stxrelid::regclass::text, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
        UNION ALL SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      ) AS schema WHERE owner <> 'migrations' ORDER BY line`);
    return rows.map(({ line }) => line);
  };

  test('go up, down one by one in reverse, and up again to the very same schema', async () => {
    expect(await describeSchema()).toEqual([]);
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    expect(applied).toHaveLength(dataSource.migrations.length);
    const whole = await describeSchema();
    expect(whole.length).toBeGreaterThan(100);

    const sizes = [whole.length];
    for (const _ of applied) {
      await dataSource.undoLastMigration({ transaction: 'each' });
      sizes.push((await describeSchema()).length);
    }
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(await describeSchema()).toEqual([]);

    await dataSource.runMigrations({ transaction: 'each' });
    expect(await describeSchema()).toEqual(whole);
  });

  test('run a second time change nothing', async () => {
    const before = await describeSchema();
    expect(await dataSource.runMigrations({ transaction: 'each' })).toEqual([]);
    expect(await describeSchema()).toEqual(before);
  });
});

describe('The entities', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  test('are those that the migrations made: every column is there, and holds null exactly if the entity says so', async () => {
    const { entityMetadatas } = app.dataSource;
    const tables = entityMetadatas.map(({ tableName }) => tableName);
    expect(tables).toEqual(expect.arrayContaining(['accounts', 'campaigns', 'contacts', 'entry_points', 'messages']));
    const columns: { place: string; nullable: boolean }[] = await app.dataSource.query(
      `SELECT table_name || '.' || column_name AS place, is_nullable = 'YES' AS nullable
       FROM information_schema.columns WHERE table_schema = 'public'`,
    );
    const inDatabase = new Map(columns.map(({ place, nullable }) => [place, nullable]));
    for (const { tableName, columns: own } of entityMetadatas) {
      for (const { databaseName, isNullable } of own) {
        const place = `${tableName}.${databaseName}`;
        expect({ place, nullable: inDatabase.get(place) }).toEqual({ place, nullable: isNullable });
      }
    }
  });

  test('can all be read', async () => {
    for (const { target } of app.dataSource.entityMetadatas) {
      expect(await app.dataSource.getRepository(target).find({ take: 1 })).toEqual(expect.any(Array));
    }
  });
});
