import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { insertJobs } from '../../support/consumer-jobs.ts';
import { readQueue } from '../../support/consumer-worker.ts';
import { textAndWait } from '../../support/contacts.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../../support/factories.ts';

let phones = 0;

describe('A consumer’s queue with much in it that is done', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ SWEEP_SECONDS: '60' });
    await connectTelephony(app);
    await buildEntryPoint(app);
    expectStatus(await app.api.put('consumers/archive', {}), 200);
  });
  afterAll(() => app.stop());

  const countRowsRead = async (): Promise<number> => {
    const [{ rows }] = await app.dataSource.query(
      `SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_user_tables
       WHERE schemaname = 'bullmq' AND relname = 'job'`,
    );
    return rows;
  };

  test('takes no longer to finish an event: BullMQ reads the job itself, and not what is kept', async () => {
    const kept = 20_000;
    const worker = await readQueue(app, 'archive');
    const textAndRead = async (events: number): Promise<void> => {
      for (; worker.received.length < events; phones++) {
        const received = worker.received.length;
        await textAndWait(app, { from: `+1500555${5000 + phones}`, body: 'Sesame' });
        await eventually('its two events are read', () => worker.received.length === received + 2);
      }
    };
    // PostgreSQL settles on a plan while there is little in the table, as it knows once autovacuum has looked, and keeps it.
    await textAndRead(20);
    await app.dataSource.query('ANALYZE bullmq.job');
    await textAndRead(40);
    await insertJobs(app, 'contact-events-archive', { state: 'completed', count: kept, ageMs: 60_000 });
    const before = await countRowsRead();
    await textAndRead(60);
    await worker.stop();
    // Its connections have told what they read once they are closed.
    await eventually('all is counted', async () => (await countRowsRead()) > before);
    expect((await countRowsRead()) - before).toBeLessThan(kept);
  });
});
