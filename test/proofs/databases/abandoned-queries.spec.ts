import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/database/data-source.js';
import { pipelined } from '../../../src/database/pipelined.js';
import { eventually } from '../../support/eventually.ts';
import { askDirectly, createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('What nobody waits for any more ends, also when more is behind it than the network holds', async () => {
  const dataSource = await new DataSource(dataSourceOptions(database.url, 1, [])).initialize();
  const giveUp = dataSource.transaction((manager) =>
    pipelined([
      manager.query('SELECT pg_sleep(60)'),
      ...Array.from({ length: 20 }, () => manager.query('SELECT length($1)', ['x'.repeat(2 ** 20)])),
    ]),
  );
  await expect(giveUp).rejects.toThrow('Query read timeout');
  await askDirectly(database.url, ({ query }) =>
    eventually('it has ended', async () => {
      const [running] = await query(`SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'`);
      return !running;
    }),
  );
  await dataSource.destroy();
}, 60_000);
