import { describe, expect, test } from '@jest/globals';
import { startTestApp, startTestProcess, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { askDirectly } from '../../support/postgres.ts';
import { buildForm, newMessageSid, postSigned } from '../../support/signed-forms.ts';
import { threadsOf, untilProcessed } from '../../support/threads.ts';
import type { QueueServer } from '../../queue/queue-server.ts';

const CUSTOMERS = Array.from({ length: 20 }, (_, i) => `+15005557${String(i).padStart(3, '0')}`);

/** What stopping a process must keep, whatever the queues run on. */
export function describeShutdown(name: string, startServer: () => Promise<QueueServer>): void {
  describe(`A process with queues on ${name}`, () => {
    test('stops in time while jobs run, and the next one does what is left', async () => {
      const server = await startServer();
      const app = await startTestApp(server.env);
      try {
        await connectTelephony(app);
        const { webhookUrl } = await buildEntryPoint(app);
        await makeMessagesSlow(app);
        const taken: string[] = [];
        const texting = Promise.all(CUSTOMERS.map((from) => textUntilItEnds(app, webhookUrl, from, taken)));
        await eventually('jobs run', async () => taken.length > 200 && (await countProcessed(app)) > 0);

        const started = performance.now();
        await app.app.close();
        expect(performance.now() - started).toBeLessThan(25_000);
        await texting;
        expect(await countWaiting(app)).toBeGreaterThan(0);
        // Before the next is at work: whoever inserts a hundred slow messages holds the table for ten seconds.
        await askDirectly(app.databaseUrl, ({ query }) => query('DROP TRIGGER take_time ON messages'));

        const next = await startTestProcess(app, server.env);
        try {
          const [{ stored }] = await next.dataSource.query('SELECT count(*)::int AS stored FROM inbound_sms');
          await untilProcessed(next, stored, ...CUSTOMERS);
          const threads = await threadsOf(next, ...CUSTOMERS);
          expect(threads).toHaveLength(CUSTOMERS.length);
          for (const { messages, journal } of threads) expect(messages).toEqual(journal);
          const found: { sid: string }[] = await next.dataSource.query(
            'SELECT twilio_message_sid AS sid FROM messages',
          );
          expect(new Set(found.map(({ sid }) => sid)).size).toBe(found.length);
          expect(taken.filter((sid) => !found.some((message) => message.sid === sid))).toEqual([]);
        } finally {
          await next.stop();
        }
      } finally {
        await app.stop();
        await server.stop();
      }
    }, 90_000);
  });
}

async function makeMessagesSlow({ dataSource }: TestApp): Promise<void> {
  await dataSource.query(`
    CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_sleep(0.1);
        RETURN new;
      END $$;
    CREATE TRIGGER take_time BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION take_time()`);
}

/**
 * Faster than slow messages are made, so that some wait whenever the process stops.
 *
 * @param taken the MessageSids that were answered 200
 */
async function textUntilItEnds(app: TestApp, webhookUrl: string, from: string, taken: string[]): Promise<void> {
  for (;;) {
    const messageSid = newMessageSid();
    const answer = await postSigned(app, webhookUrl, buildForm({ MessageSid: messageSid, From: from })).catch(
      () => null,
    );
    if (answer === null) return; // it listens no more
    if (answer.status === 200) taken.push(messageSid);
  }
}

/** By a connection of its own: the process has ended, and the next would be at work already. */
async function countWaiting({ databaseUrl }: TestApp): Promise<number> {
  const [row] = await askDirectly(databaseUrl, ({ query }) =>
    query('SELECT count(*)::int AS waiting FROM inbound_sms WHERE processed_at IS NULL'),
  );
  return row!['waiting'] as number;
}

async function countProcessed({ dataSource }: TestApp): Promise<number> {
  const [{ count }] = await dataSource.query('SELECT count(processed_at)::int AS count FROM inbound_sms');
  return count;
}
