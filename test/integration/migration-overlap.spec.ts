import { expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { createMigratedDatabase } from '../support/migrated-database.ts';
import { loadMigrations } from '../support/migrations.ts';
import { createTestDatabase } from '../support/postgres.ts';

/** From here on the code before a migration may run beside the code after it, as it does during a deployment. */
const FIRST = 'OptOuts1795492812000';

interface Column {
  type: string;
  nullable: boolean;
  /** Nothing need be written into it: it may be null, has a default, or the database makes it. */
  optional: boolean;
}

interface Schema {
  columns: Map<string, Column>;
  /** Of each table, what a row must fulfil. */
  rules: Map<string, string[]>;
}

const COLUMNS = `
  SELECT table_name AS "table", column_name AS "column", format('%s %s', data_type, udt_name) AS type,
    is_nullable = 'YES' AS nullable,
    is_nullable = 'YES' OR column_default IS NOT NULL OR is_identity = 'YES' OR is_generated = 'ALWAYS' AS optional
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'`;
const RULES = `
  SELECT tablename AS "table", indexdef AS rule FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE%'
  UNION ALL
  SELECT conrelid::regclass::text, format('%s %s', conname, pg_get_constraintdef(oid)) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'x')`;

async function readSchema(dataSource: DataSource): Promise<Schema> {
  const columns: ({ table: string; column: string } & Column)[] = await dataSource.query(COLUMNS);
  const rules: { table: string; rule: string }[] = await dataSource.query(RULES);
  return {
    columns: new Map(columns.map(({ table, column, ...rest }) => [`${table}.${column}`, rest])),
    rules: new Map(
      [...new Set(columns.map(({ table }) => table))].map((table) => [
        table,
        rules.filter((each) => each.table === table).map(({ rule }) => rule),
      ]),
    ),
  };
}

/** What would break the code before the migration, in words. */
function breaksOf(before: Schema, after: Schema): string[] {
  const known = [...before.columns].flatMap(([name, column]) => {
    const now = after.columns.get(name);
    if (now === undefined) return [`${name} is gone`];
    if (now.type !== column.type) return [`${name} is ${now.type} instead of ${column.type}`];
    return column.optional && !now.optional ? [`${name} must be written`] : [];
  });
  const added = [...after.columns].flatMap(([name, { optional }]) => {
    const isNewTable = !before.rules.has(name.split('.')[0]!);
    return before.columns.has(name) || isNewTable || optional ? [] : [`${name} is new and must be written`];
  });
  // A rule about new columns alone holds for the rows of the old code, which leaves them at their defaults.
  const newColumns = [...after.columns.keys()].filter((name) => !before.columns.has(name)).map((n) => n.split('.')[1]!);
  const rules = [...before.rules].flatMap(([table, own]) =>
    (after.rules.get(table) ?? [])
      .filter((rule) => !own.includes(rule) && !newColumns.some((column) => new RegExp(`\\b${column}\\b`).test(rule)))
      .map((rule) => `${table} has a new rule: ${rule}`),
  );
  return [...known, ...added, ...rules];
}

test('A migration leaves the code before it all that it reads, and asks nothing new of what it writes', async () => {
  const database = await createTestDatabase();
  const all = (await loadMigrations()) as (new () => object)[];
  const first = all.findIndex(({ name }) => name === FIRST);
  expect(first).toBeGreaterThan(0);
  const breaks: string[] = [];
  let before: Schema | null = null;
  try {
    for (let count = first; count <= all.length; count++) {
      const dataSource = new DataSource(dataSourceOptions(database.url, 1, all.slice(0, count)));
      await dataSource.initialize();
      await dataSource.runMigrations({ transaction: 'each' });
      const after = await readSchema(dataSource);
      await dataSource.destroy();
      if (before !== null) breaks.push(...breaksOf(before, after).map((what) => `${all[count - 1]!.name}: ${what}`));
      before = after;
    }
  } finally {
    await database.drop();
  }
  expect(before!.columns.size).toBeGreaterThan(150);
  expect(breaks).toEqual([]);
});

test.each([
  ['DROP COLUMN close_reason', 'contacts.close_reason is gone'],
  [
    'ALTER COLUMN close_reason TYPE varchar(40)',
    'contacts.close_reason is character varying varchar instead of text text',
  ],
  ['ALTER COLUMN close_reason SET NOT NULL', 'contacts.close_reason must be written'],
  ['ADD COLUMN rating integer NOT NULL', 'contacts.rating is new and must be written'],
  ['ADD CONSTRAINT short CHECK (length(ani) < 20)', expect.stringContaining('contacts has a new rule: short CHECK')],
])('It would be seen that a migration says: %s', async (clause, what) => {
  const database = await createMigratedDatabase();
  const dataSource = new DataSource(dataSourceOptions(database.url, 1, []));
  try {
    await dataSource.initialize();
    const before = await readSchema(dataSource);
    await dataSource.query(`ALTER TABLE contacts ${clause}`);
    expect(breaksOf(before, await readSchema(dataSource))).toContainEqual(what);
  } finally {
    await dataSource.destroy();
    await database.drop();
  }
});
