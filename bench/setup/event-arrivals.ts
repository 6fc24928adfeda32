import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONSUMER } from './ground.ts';
import { startProcess } from './process.ts';

export interface EventArrivals {
  /** When the event of a message came to the consumer, in microseconds of the steady clock. */
  arrivalOf: (messageId: string, withinMs: number) => Promise<number>;
  stop: () => Promise<void>;
}

/** Takes the events from the consumer's queue on PostgreSQL, in a process of its own. */
export async function recordArrivals(databaseUrl: string): Promise<EventArrivals> {
  const env = { DATABASE_URL: databaseUrl, CONSUMER };
  const { child, stop } = await startProcess(join(import.meta.dirname, 'event-arrivals.process.ts'), env);
  const arrivals = new Map<string, number>();
  const fetchNew = async (): Promise<void> => {
    const answer = once(child, 'message');
    child.send('tell');
    const [news] = (await answer) as [[string, number][]];
    for (const [messageId, at] of news) arrivals.set(messageId, at);
  };
  return {
    arrivalOf: async (messageId, withinMs) => {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const at = arrivals.get(messageId);
        if (at !== undefined) return at;
        if (Date.now() > deadline) throw new Error(`The event of message ${messageId} did not come.`);
        await fetchNew();
        if (!arrivals.has(messageId)) await sleep(20);
      }
    },
    stop,
  };
}
