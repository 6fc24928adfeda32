import pg from 'pg';
import { describeQueues } from './queue.conformance.ts';

describeQueues('PostgreSQL', () =>
  Promise.resolve({
    kind: 'postgres',
    env: {},
    empty: async ({ dataSource }) => {
      const tables = await dataSource.query(
        `SELECT string_agg(format('bullmq.%I', tablename), ', ') AS list FROM pg_tables
         WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
      );
      await dataSource.query(`TRUNCATE ${tables[0].list}`);
    },
    // BullMQ's tables are locked; the service's own are not.
    takeAway: async ({ databaseUrl, dataSource }) => {
      const tables = await dataSource.query(
        `SELECT string_agg(format('bullmq.%I', tablename), ', ') AS list FROM pg_tables WHERE schemaname = 'bullmq'`,
      );
      const client = new pg.Client(databaseUrl);
      await client.connect();
      await client.query(`BEGIN; LOCK TABLE ${tables[0].list} IN ACCESS EXCLUSIVE MODE`);
      return () => client.end();
    },
    stop: () => Promise.resolve(),
  }),
);
