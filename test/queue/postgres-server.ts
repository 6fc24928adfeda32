import pg from 'pg';
import type { TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { QueueServer } from './queue-server.ts';

const LOCK_NOT_AVAILABLE = '55P03';

/** The database of the service itself. */
export const postgresServer: QueueServer = {
  kind: 'postgres',
  env: {},
  empty: async (app) => {
    const client = await lockTables(app);
    await client.query(`TRUNCATE ${await listTables(app)}; COMMIT`);
    await client.end();
  },
  // BullMQ's tables are locked; the service's own are not.
  takeAway: async (app) => {
    const client = await lockTables(app);
    return () => client.end();
  },
  stop: () => Promise.resolve(),
};

/** All or none: whoever waits for one with another in hand is in a deadlock with BullMQ before long. */
async function lockTables(app: TestApp): Promise<pg.Client> {
  const client = new pg.Client(app.databaseUrl);
  await client.connect();
  const lock = `BEGIN; LOCK TABLE ${await listTables(app)} IN ACCESS EXCLUSIVE MODE NOWAIT`;
  await eventually('a moment in which nobody is at work on the queues', async () => {
    try {
      await client.query(lock);
      return true;
    } catch (error) {
      if ((error as pg.DatabaseError).code !== LOCK_NOT_AVAILABLE) throw error;
      await client.query('ROLLBACK');
      return false;
    }
  });
  return client;
}

async function listTables({ dataSource }: TestApp): Promise<string> {
  const [{ list }] = await dataSource.query(
    `SELECT string_agg(format('bullmq.%I', tablename), ', ') AS list FROM pg_tables
     WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
  );
  return list;
}
