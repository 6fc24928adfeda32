import { Redis } from 'ioredis';
import { join } from 'node:path';
import { type DirectDatabase, openDirectly } from '../../test/support/postgres.ts';
import type { LoadPlan } from '../load/plan.ts';
import type { Ground } from '../setup/ground.ts';
import { type Load, startBenchRedis } from '../setup/stack.ts';
import { startProcess } from '../setup/process.ts';
import { EVENTS_QUEUE } from './queues.ts';

export interface Peer {
  database: DirectDatabase;
  /** How many events it has published; nobody takes them from the queue. */
  countPublished: () => Promise<number>;
  plan: (load: Load) => LoadPlan;
  close: () => Promise<void>;
}

/** The tutorials' stack, on a fresh database and a Redis of its own. */
export async function openPeer(ground: Ground, { withWorker }: { withWorker: boolean }): Promise<Peer> {
  const { url: databaseUrl, drop } = await ground.createDatabase();
  const redis = await startBenchRedis();
  const { accountSid, authToken, to } = ground;
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, TWILIO_AUTH_TOKEN: authToken };
  const start = (name: string) => startProcess(join(import.meta.dirname, `${name}.process.ts`), env);
  const server = await start('server');
  const worker = withWorker ? await start('worker') : null;
  const database = await openDirectly(databaseUrl);
  const counting = new Redis(redis.url, { maxRetriesPerRequest: null });
  const url = `http://127.0.0.1:${(server.ready as { port: number }).port}/sms`;
  return {
    database,
    countPublished: () => counting.llen(`bull:${EVENTS_QUEUE}:wait`),
    plan: (load) => ({ url, signedUrl: url, accountSid, authToken, to, connections: 64, ...load }),
    close: async () => {
      counting.disconnect();
      await server.stop();
      await worker?.stop();
      await database.close();
      await redis.stop();
      await drop();
    },
  };
}
