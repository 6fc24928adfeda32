import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { IQueueBackend, Worker } from 'bullmq';
import type { EntryPointDto } from '../../../src/entry-points/entry-point.dto.js';
import { OpenWorkers } from '../../../src/queue/open-workers.js';
import { INBOUND_SMS_QUEUE } from '../../../src/inbound-sms/inbound-sms.queue.js';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { type DirectDatabase, openDirectly } from '../../support/postgres.ts';
import { buildForm, postSigned } from '../../support/signed-forms.ts';
import { startTcpProxy, type TcpProxy } from '../../stack/tcp-proxy.ts';

function countFailuresToWait(worker: Worker): () => number {
  const { backend } = worker as unknown as { backend: IQueueBackend };
  const wait = backend.waitForJob.bind(backend);
  let failures = 0;
  jest.spyOn(backend, 'waitForJob').mockImplementation((seconds) =>
    wait(seconds).catch((error: unknown) => {
      failures++;
      throw error;
    }),
  );
  return () => failures;
}

/** @param startServer of what BullMQ runs on; without a URL it is the database of the service itself */
export function describeHalfOpen(
  name: string,
  startServer: () => Promise<{ url?: string; stop: () => Promise<void> }>,
) {
  describe(`Queues on ${name}, when every line is cut and nobody says so`, () => {
    let server: Awaited<ReturnType<typeof startServer>>;
    let proxy: TcpProxy;
    let app: TestApp;
    let entryPoint: EntryPointDto;
    let direct: DirectDatabase;

    beforeAll(async () => {
      server = await startServer();
      if (server.url === undefined) {
        app = await startTestApp({}, { throughProxy: true });
        proxy = app.databaseProxy!;
      } else {
        proxy = await startTcpProxy(server.url);
        app = await startTestApp({ REDIS_URL: proxy.url });
      }
      direct = await openDirectly(app.databaseUrl);
      await connectTelephony(app);
      entryPoint = await buildEntryPoint(app);
    });
    afterAll(async () => {
      await direct.close();
      await app.stop();
      await proxy.stop();
      await server.stop();
    });

    const text = async (From: string): Promise<void> => {
      await eventually('the intake accepts it', async () => {
        const { status } = await postSigned(app, entryPoint.webhookUrl, buildForm({ From }));
        return status === 200;
      });
    };

    const untilAccepted = (From: string): Promise<unknown> =>
      eventually(
        'its verdict',
        async () => {
          const [row] = await direct.query('SELECT verdict FROM inbound_sms WHERE from_number = $1', [From]);
          return row?.['verdict'] === 'accepted';
        },
        60_000,
      );

    const isListening = async (): Promise<boolean> => {
      const rows = await direct.query(
        `SELECT FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = $1 AND query LIKE '%LISTEN%'`,
        [INBOUND_SMS_QUEUE],
      );
      return rows.length > 0;
    };

    test('go on on new ones', async () => {
      await text('+15005559101');
      await untilAccepted('+15005559101');
      proxy.blackhole();
      await proxy.pass(); // only new connections come through
      const cutAt = performance.now();
      await text('+15005559102');
      await untilAccepted('+15005559102');
      expect(performance.now() - cutAt).toBeLessThan(25_000); // 15 s, and some for a busy machine
    }, 90_000);

    test('go on on new ones, also when they had come back from an error just before', async () => {
      const worker = [...app.app.get(OpenWorkers)].find(({ name: queue }) => queue === INBOUND_SMS_QUEUE)!;
      const failures = countFailuresToWait(worker);
      await proxy.refuse();
      // ioredis waits for Redis by itself; on PostgreSQL a worker that could not listen would, the next time, without end.
      if (server.url === undefined) await eventually('that it cannot wait', () => failures() > 0, 30_000);
      await proxy.pass();
      if (server.url === undefined) await eventually('that it listens again', isListening, 30_000);
      proxy.blackhole();
      await proxy.pass();
      const cutAt = performance.now();
      await text('+15005559103');
      await untilAccepted('+15005559103');
      expect(performance.now() - cutAt).toBeLessThan(25_000);
    }, 150_000);
  });
}
