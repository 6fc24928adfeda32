import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SweeperService } from '../../src/queue/sweeper.service.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { readQueue } from '../stack/event-reader.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';

const QUEUE = 'contact-events-archive';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let phones = 0;

describe('A consumer’s queue with much in it that is done', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ SWEEP_SECONDS: '60' });
    await connectTelephony(app);
    await buildEntryPoint(app);
    expectStatus(await app.api.put('consumers/archive', {}), 200);
  });
  beforeEach(() => app.dataSource.query('DELETE FROM bullmq.job WHERE queue = $1', [QUEUE]));
  afterAll(() => app.stop());

  const fill = (state: 'completed' | 'failed' | 'waiting', count: number, ageMs: number): Promise<unknown> =>
    app.dataSource.query(
      `INSERT INTO bullmq.job (queue, id, seq, name, state, added_at_ms, finished_at_ms)
       SELECT $1, $2 || '-' || $4 || '-' || n, nextval('bullmq.job_seq'), 'contact.message', $2::bullmq.job_state, at,
         CASE WHEN $2 <> 'waiting' THEN at END
       FROM generate_series(1, $3::int) AS n, (SELECT (extract(epoch FROM now()) * 1000)::bigint - $4::bigint AS at) AS past`,
      [QUEUE, state, count, ageMs],
    );
  const countJobs = async (): Promise<Record<string, number>> => {
    const rows: { kind: string; count: number }[] = await app.dataSource.query(
      `SELECT regexp_replace(id, '-[^-]*$', '') AS kind, count(*)::int AS count FROM bullmq.job WHERE queue = $1 GROUP BY 1`,
      [QUEUE],
    );
    return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
  };
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
    await fill('completed', kept, MINUTE);
    const before = await countRowsRead();
    await textAndRead(60);
    await worker.stop();
    // Its connections have told what they read once they are closed.
    await eventually('all is counted', async () => (await countRowsRead()) > before);
    expect((await countRowsRead()) - before).toBeLessThan(kept);
  });

  test('loses it to the sweep once it is old: done after 10 minutes, failed after 7 days, what waits never', async () => {
    await fill('completed', 4_500, 11 * MINUTE);
    await fill('completed', 3, 9 * MINUTE);
    await fill('failed', 2, 8 * DAY);
    await fill('failed', 4, 6 * DAY);
    await fill('waiting', 5, 8 * DAY);
    await app.app.get(SweeperService).sweep();
    expect(await countJobs()).toEqual({
      [`completed-${9 * MINUTE}`]: 3,
      [`failed-${6 * DAY}`]: 4,
      [`waiting-${8 * DAY}`]: 5,
    });
  });
});
