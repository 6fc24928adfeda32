import { createPostgresBackend, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from '../house/house.ts';

const QUEUES = ['inbound-sms', 'outbound-sms'];

/**
 * Jobs that are still said to be worked on when they have had time to end: a killed worker's counts as active until its
 * lock of 30 s has run out and somebody has looked, and one's whose clock was ahead for as much longer.
 */
export async function countActiveJobs(house: House, patienceMs: number): Promise<number> {
  const { queues, close } = openQueues(house);
  try {
    const giveUpAt = Date.now() + patienceMs;
    for (;;) {
      const counts = await Promise.all(queues.map((queue) => queue.getActiveCount()));
      const active = counts.reduce((sum, count) => sum + count, 0);
      if (active === 0 || Date.now() > giveUpAt) return active;
      await sleep(1_000);
    }
  } finally {
    await close();
  }
}

type CountedQueue = Pick<Queue, 'getActiveCount' | 'close'>;

function openQueues({ redis, postgres }: House): { queues: CountedQueue[]; close: () => Promise<void> } {
  if (redis) {
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const queues = QUEUES.map((name) => new Queue(name, { connection }));
    return { queues, close: async () => connection.disconnect() };
  }
  const pool = new pg.Pool({ connectionString: postgres.url, options: '-c search_path=bullmq', max: 3 });
  const queues = QUEUES.map((name) => new Queue(name, { connection: pool }, createPostgresBackend));
  return {
    queues,
    close: async () => {
      await Promise.all(queues.map((queue) => queue.close()));
      await pool.end();
    },
  };
}
