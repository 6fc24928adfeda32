import { setTimeout as sleep } from 'node:timers/promises';
import { connectToQueues } from '../../stack/queue-connection.ts';
import { queuePlaceOf, type Stack } from '../stack.ts';

const QUEUES = ['inbound-sms', 'outbound-sms'];

/**
 * Jobs that are still said to be worked on when they have had time to end: a killed worker's counts as active until its
 * lock of 30 s has run out and somebody has looked, and one's whose clock was ahead for as much longer.
 */
export async function countActiveJobs(stack: Stack, patienceMs: number): Promise<number> {
  const connection = connectToQueues(queuePlaceOf(stack));
  const queues = QUEUES.map((name) => connection.openQueue(name));
  try {
    const giveUpAt = Date.now() + patienceMs;
    for (;;) {
      const counts = await Promise.all(queues.map((queue) => queue.getActiveCount()));
      const active = counts.reduce((sum, count) => sum + count, 0);
      if (active === 0 || Date.now() > giveUpAt) return active;
      await sleep(1_000);
    }
  } finally {
    await Promise.all(queues.map((queue) => queue.close()));
    await connection.close();
  }
}
