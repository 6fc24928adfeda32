import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { getQueueToken } from '@nestjs/bullmq';
import { type Job, type Queue, Worker } from 'bullmq';
import { Pool } from 'pg';
import type { ContactEventDto } from '../../src/contact-events/contact-event.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { RowJob } from '../../src/queue/row-queue.js';
import { OpenWorkers } from '../../src/queue/open-workers.js';
import { QueueBackend } from '../../src/queue/queue-backend.js';
import { INBOUND_SMS_QUEUE, InboundSmsQueue } from '../../src/inbound-sms/inbound-sms.queue.js';
import { InboundSmsProcessingService } from '../../src/inbound-sms/inbound-sms-processing.service.js';
import { startTestApp, startTestProcess, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { storeSilently } from '../support/journal.ts';
import { postReply, readInbox } from '../support/replies.ts';
import { buildForm, type WebhookAnswer, postSigned } from '../support/signed-forms.ts';
import { threadsOf, untilProcessed } from '../support/threads.ts';
import type { QueueServer } from './queue-server.ts';

/** What the queues must do, whatever they run on. */
export function describeQueues(name: string, startServer: () => Promise<QueueServer>): void {
  describe(`Queues on ${name}`, () => {
    let server: QueueServer;
    let app: TestApp;
    let entryPoint: EntryPointDto;
    let pool: Pool;
    let customers = 0;
    let customer: string;

    beforeAll(async () => {
      server = await startServer();
      app = await startTestApp({ ...server.env, SMS_PER_SECOND: '5' });
      await connectTelephony(app);
      entryPoint = await buildEntryPoint(app);
      pool = new Pool({ connectionString: app.databaseUrl, max: 1 });
    });
    afterAll(async () => {
      await pool.end();
      await app.stop();
      await server.stop();
    });
    beforeEach(() => {
      customer = newCustomer();
    });
    afterEach(async () => {
      jest.restoreAllMocks();
      // A test that fails while it has the queue paused takes none of the others with it.
      await queue().resume();
    });

    const newCustomer = (): string => `+1500555${5000 + ++customers}`;
    const queue = (): Queue<RowJob> => app.app.get(getQueueToken(INBOUND_SMS_QUEUE));
    const inboundQueue = (): InboundSmsQueue => app.app.get(InboundSmsQueue);
    /** Tries again for as long as it is told to, as Twilio does. */
    const text = (From: string, Body = 'Hello'): Promise<WebhookAnswer> => {
      const form = buildForm({ From, Body });
      return eventually('that the intake accepts it', async () => {
        const answer = await postSigned(app, entryPoint.webhookUrl, form);
        return answer.status !== 503 && answer;
      });
    };
    const textMany = (count: number, from: string[]): Promise<WebhookAnswer[]> =>
      Promise.all(Array.from({ length: count }, (_, i) => text(from[i % from.length]!, `text ${i}`)));
    const bodiesOf = async (...from: string[]): Promise<string[][]> =>
      (await threadsOf(app, ...from)).map(({ bodies }) => bodies);
    const spyOnRuns = (): jest.SpiedFunction<InboundSmsProcessingService['process']> =>
      jest.spyOn(app.app.get(InboundSmsProcessingService), 'process');

    test('replies go out in order and at the pace of their number, also when the queue forgets them', async () => {
      const contact = await textAndWait(app, { from: customer });
      const bodies = ['one', 'two', 'three'];
      for (const body of bodies) expectStatus(await postReply(app, contact.id, { body }), 201);
      const inbox = async (): Promise<string[]> => (await readInbox(app, customer)).map(({ body }) => body);
      await eventually('the first one', async () => (await inbox()).length > 0);
      await server.empty(app);
      await app.dataSource.query(
        `WITH free AS (UPDATE sending_numbers SET free_at = now() - interval '1 minute')
         UPDATE outbound_sms SET next_try_at = now() - interval '1 minute' WHERE attempts = 0 AND done_at IS NULL`,
      );
      await eventually('the others', async () => (await inbox()).length === bodies.length, 30_000);
      expect(await inbox()).toEqual(bodies);
    });

    /** A row of the journal that nobody was told of, and no sweep finds. */
    async function storeUnseen(Body: string): Promise<string> {
      const [id] = await storeSilently(app, pool, [{ From: customer, Body }]);
      await app.dataSource.query(`UPDATE inbound_sms SET job_due_at = now() + interval '1 hour' WHERE id = $1`, [id]);
      return id!;
    }

    test('run on it', async () => {
      expect(app.app.get(QueueBackend).kind).toBe(server.kind);
      const ready = await (await fetch(`${app.url}/health/ready`)).json();
      expect(ready).toMatchObject({ status: 'ok', info: { queue: { backend: server.kind } } });
    });

    test('look for jobs every 2 s, and do not rely on being told', () => {
      const seconds = [...app.app.get(OpenWorkers)].map((worker) => worker.maximumBlockTimeout);
      expect(new Set(seconds)).toEqual(new Set([2]));
    });

    test('an SMS becomes a contact', async () => {
      expect((await text(customer, 'Hi')).status).toBe(200);
      await untilProcessed(app, 1, customer);
      expect(await threadsOf(app, customer)).toEqual([
        expect.objectContaining({ state: 'waiting', messageCount: 1, bodies: ['Hi'] }),
      ]);
    });

    test('the same job added twice runs twice and changes nothing', async () => {
      const runs = spyOnRuns();
      const id = await storeUnseen('once');
      for (const time of [1, 2]) {
        await inboundQueue().enqueue([id], 1);
        await eventually(`run ${time}`, () => runs.mock.calls.length === time);
        await runs.mock.results[time - 1]!.value;
        await eventually('its end', async () => (await queue().getJob(`in-${id}-g1`)) === undefined);
      }
      expect(await bodiesOf(customer)).toEqual([['once']]);
    });

    test('a new generation runs although the queue remembers a failed job of the former one', async () => {
      const id = await storeUnseen('late');
      const jobId = `in-${id}-g1`;
      await queue().add(INBOUND_SMS_QUEUE, { ids: ['no uuid'] }, { jobId, attempts: 1 });
      await eventually('the job failed', async () => (await queue().getJob(jobId))?.isFailed());
      await inboundQueue().enqueue([id], 1);
      // The queue took no notice: this is what generations are for.
      expect((await queue().getJob(jobId))!.data).toEqual({ ids: ['no uuid'] });
      await inboundQueue().enqueue([id], 2);
      await untilProcessed(app, 1, customer);
      expect(await bodiesOf(customer)).toEqual([['late']]);
    });

    test('a failure that passes is tried again, ever later', async () => {
      await app.dataSource.query(`
        CREATE SEQUENCE tries;
        CREATE FUNCTION fail_twice() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            IF nextval('tries') <= 2 THEN RAISE EXCEPTION 'not now' USING ERRCODE = 'lock_not_available'; END IF;
            RETURN new;
          END $$;
        CREATE TRIGGER fail_twice BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION fail_twice()`);
      const startedAt: number[] = [];
      const service = app.app.get(InboundSmsProcessingService);
      const process = service.process.bind(service);
      spyOnRuns().mockImplementation((ids) => {
        startedAt.push(performance.now());
        return process(ids);
      });
      await text(customer, 'patience');
      await untilProcessed(app, 1, customer);
      await app.dataSource.query('DROP TRIGGER fail_twice ON messages');
      expect(startedAt).toHaveLength(3);
      // 0.5 s and 1 s, each shortened by up to a half.
      expect(startedAt[1]! - startedAt[0]!).toBeGreaterThan(240);
      expect(startedAt[2]! - startedAt[1]!).toBeGreaterThan(490);
      const rows = await app.dataSource.query('SELECT attempts FROM inbound_sms WHERE from_number = $1', [customer]);
      expect(rows).toEqual([{ attempts: 0 }]);
    });

    test('emptied while rows wait: a sweep brings all back within 30 s', async () => {
      await queue().pause();
      const given = jest.spyOn(inboundQueue(), 'enqueue');
      const from = Array.from({ length: 10 }, newCustomer);
      const started = performance.now();
      await textMany(60, from);
      // Until nothing is on its way to the queue; what it was too busy to take, a sweep brings too.
      await Promise.allSettled(given.mock.results.map(({ value }) => value));
      expect(await bodiesOf(...from)).toEqual([]);
      await server.empty(app);
      const [{ seconds }] = await app.dataSource.query(
        `SELECT extract(epoch FROM max(job_due_at - received_at))::float8 AS seconds FROM inbound_sms
         WHERE from_number = ANY ($1)`,
        [from],
      );
      expect(seconds).toBeLessThan(30);
      await app.dataSource.query(
        'UPDATE inbound_sms SET job_due_at = now() WHERE processed_at IS NULL AND from_number = ANY ($1)',
        [from],
      );
      await queue().resume();
      await untilProcessed(app, 60, ...from);
      expect(performance.now() - started).toBeLessThan(30_000);
      for (const { messageCount, messages, journal } of await threadsOf(app, ...from)) {
        expect([messageCount, messages]).toEqual([6, journal]);
      }
    }, 60_000);

    test('away: the intake answers at once, adding a job gives up in time, and all is processed when it is back', async () => {
      const [patient, replayed] = [await storeUnseen('swept before'), await storeUnseen('replayed')];
      const set = (id: string, values: string): Promise<unknown> =>
        app.dataSource.query(`UPDATE inbound_sms SET ${values} WHERE id = $1`, [id]);
      await set(replayed, `processed_at = now(), verdict = 'unrouted'`);
      const from = Array.from({ length: 5 }, newCustomer);
      const bringBack = await server.takeAway(app);
      try {
        for (const answer of await textMany(10, from)) {
          expect(answer.status).toBe(200);
          expect(answer.ms).toBeLessThan(1_000);
        }
        const started = performance.now();
        await expect(inboundQueue().enqueue([patient], 2)).rejects.toThrow();
        expect(performance.now() - started).toBeLessThan(2_500);
        expectStatus(await app.api.post(`inbound-sms/${replayed}/replay`), 202);
        // A sweep that the queue does not take must not make the row wait for the next one ever longer.
        await set(patient, 'job_generation = 6, job_due_at = now()');
        await eventually('a sweep in vain', async () => {
          const [row] = await app.dataSource.query('SELECT job_generation AS n FROM inbound_sms WHERE id = $1', [
            patient,
          ]);
          return row.n === 7;
        });
      } finally {
        await bringBack();
      }
      const back = performance.now();
      await untilProcessed(app, 12, customer, ...from);
      expect(performance.now() - back).toBeLessThan(30_000);
      expect((await threadsOf(app, ...from)).map(({ messageCount }) => messageCount)).toEqual([2, 2, 2, 2, 2]);
      expect((await bodiesOf(customer)).flat().toSorted()).toEqual(['replayed', 'swept before']);
    }, 60_000);

    test('a consumer gets each event in order, and the same ids when it asks again', async () => {
      expectStatus(await app.api.put('consumers/desk'), 200);
      const from = [newCustomer(), newCustomer(), newCustomer()];
      await textMany(30, from);
      await untilProcessed(app, 30, ...from);
      const { rows: written } = await pool.query<{ id: string }>(
        `SELECT event.id FROM contact_events AS event JOIN contacts AS contact ON contact.id = event.contact_id
         WHERE contact.ani = ANY ($1) ORDER BY event.transaction_id, event.position`,
        [from],
      );
      const ids = written.map(({ id }) => id);
      expect(ids).toHaveLength(33);
      const { worker: connection, prefix } = app.app.get(QueueBackend);
      const seen: { jobId: string; event: ContactEventDto }[] = [];
      const see = async ({ id, data }: Job<ContactEventDto>): Promise<void> =>
        void seen.push({ jobId: id!, event: data });
      const consumer = new Worker('contact-events-desk', see, { connection, prefix, concurrency: 1 });
      try {
        await eventually('all events', () => seen.length >= 33);
        expect(seen.map(({ event }) => event.id)).toEqual(ids);
        for (const { jobId, event } of seen) {
          expect(jobId).toBe(`ev-${event.id}-g1`);
          expect(JSON.stringify(event)).not.toMatch(/text \d|\+1500555/);
        }
        expectStatus(await app.api.post('consumers/desk/replay', {}), 202);
        const again = (): string[] =>
          seen
            .slice(33)
            .map(({ event }) => event.id)
            .filter((id) => ids.includes(id));
        await eventually('all events again', () => again().length >= 33);
        expect(again()).toEqual(ids);
      } finally {
        await consumer.close();
      }
    });

    test('in two processes work off the same rows, and double nothing', async () => {
      const second = await startTestProcess(app, server.env);
      const from = Array.from({ length: 20 }, newCustomer);
      let sent = 0;
      try {
        const runs = [spyOnRuns(), jest.spyOn(second.app.get(InboundSmsProcessingService), 'process')];
        await eventually('both have worked', async () => {
          await textMany(20, from);
          sent += 20;
          return runs.every(({ mock }) => mock.calls.length > 0);
        });
        await untilProcessed(app, sent, ...from);
      } finally {
        await second.stop();
      }
      const threads = await threadsOf(app, ...from);
      expect(threads.map(({ ani }) => ani).toSorted()).toEqual(from.toSorted());
      for (const { messages, journal } of threads) expect([messages, messages.length]).toEqual([journal, sent / 20]);
    });
  });
}
