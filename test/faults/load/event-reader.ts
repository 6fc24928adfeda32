import { type QueuePlace, workOnQueue } from '../../support/burst.ts';
import { CONSUMER, type House } from '../house/house.ts';
import { insist } from './insist.ts';

export interface EventReader {
  /** Ids of what it has acted on, as often as it did. */
  seen: string[];
  /** What the queue forgot comes again from the log. */
  replay(): Promise<void>;
  close(): Promise<void>;
}

/** The service behind a consumer's queue, which acts on an event once, however often it comes. */
export function readEvents({ redis, postgres, api }: House): EventReader {
  const place: QueuePlace = redis ? { redisUrl: redis.url } : { databaseUrl: postgres.url };
  const done = new Set<string>();
  const seen: string[] = [];
  const act = ({ id }: { id: string }): void => {
    if (done.has(id)) return;
    done.add(id);
    seen.push(id);
  };
  const { close } = workOnQueue(`contact-events-${CONSUMER}`, act, place);
  return {
    seen,
    close,
    replay: async () => {
      const answer = await insist(() => api.post(`consumers/${CONSUMER}/replay`, {}));
      if (answer?.status !== 202) throw new Error(`The replay answered ${answer?.status ?? 'nothing'}.`);
    },
  };
}
