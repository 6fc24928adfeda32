import pg from 'pg';
import type { TestApp } from '../support/app.ts';
import { describeHalfOpen } from './half-open.conformance.ts';
import { describeQueues, type QueueServer } from './queue.conformance.ts';
import { describeShutdown } from './shutdown.conformance.ts';

const server: QueueServer = {
  kind: 'postgres',
  env: {},
  empty: async (app) => {
    await app.dataSource.query(`TRUNCATE ${await listTables(app)}`);
  },
  // BullMQ's tables are locked; the service's own are not.
  takeAway: async (app) => {
    const client = new pg.Client(app.databaseUrl);
    await client.connect();
    await client.query(`BEGIN; LOCK TABLE ${await listTables(app)} IN ACCESS EXCLUSIVE MODE`);
    return () => client.end();
  },
  stop: () => Promise.resolve(),
};

async function listTables({ dataSource }: TestApp): Promise<string> {
  const [{ list }] = await dataSource.query(
    `SELECT string_agg(format('bullmq.%I', tablename), ', ') AS list FROM pg_tables
     WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
  );
  return list;
}

describeQueues('PostgreSQL', () => Promise.resolve(server));
describeShutdown('PostgreSQL', () => Promise.resolve(server));
describeHalfOpen('PostgreSQL', () => Promise.resolve({ stop: () => Promise.resolve() }));
