import { workOnQueue } from '../../stack/event-reader.ts';
import { CONSUMER, queuePlaceOf, type Stack } from '../stack.ts';
import { insist } from './insist.ts';

export interface Consumer {
  /** Ids of what it has acted on, as often as it did. */
  seen: string[];
  /** What the queue forgot comes again from the log. */
  replay(): Promise<void>;
  stop(): Promise<void>;
}

/** The service behind a consumer's queue, which acts on an event once, however often it comes. */
export async function startConsumer(stack: Stack): Promise<Consumer> {
  const done = new Set<string>();
  const seen: string[] = [];
  const act = ({ id }: { id: string }): void => {
    if (done.has(id)) return;
    done.add(id);
    seen.push(id);
  };
  const { stop } = await workOnQueue(queuePlaceOf(stack), CONSUMER, act, { concurrency: 50 });
  return {
    seen,
    stop,
    replay: async () => {
      const answer = await insist(() => stack.api.post(`consumers/${CONSUMER}/replay`, {}));
      if (answer?.status !== 202) throw new Error(`The replay answered ${answer?.status ?? 'nothing'}.`);
    },
  };
}
