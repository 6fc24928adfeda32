import type { ContactEventDto } from '../../src/contact-events/contact-event.dto.js';
import { connectToQueues, type QueuePlace } from './queue-connection.ts';

export interface EventWorker {
  stop: () => Promise<void>;
}

export interface EventReader extends EventWorker {
  /** What came out of the queue and was worked on, in that order. */
  received: ContactEventDto[];
}

/**
 * Reads the queue of a consumer, as its own program would, and remembers what it is given: one event after the other, unless
 * told to take more at once.
 * @param work throws to say that an event could not be worked on
 */
export async function readQueue(
  place: QueuePlace,
  consumer: string,
  work: (event: ContactEventDto) => void = () => undefined,
  options?: { concurrency: number },
): Promise<EventReader> {
  const received: ContactEventDto[] = [];
  const act = (event: ContactEventDto): void => {
    work(event);
    received.push(event);
  };
  return { received, ...(await workOnQueue(place, consumer, act, options)) };
}

/** Does something with each event in the queue of a consumer, and remembers none. */
export async function workOnQueue(
  place: QueuePlace,
  consumer: string,
  work: (event: ContactEventDto) => void,
  { concurrency } = { concurrency: 1 },
): Promise<EventWorker> {
  const connection = connectToQueues(place);
  const act = async ({ data }: { data: ContactEventDto }): Promise<void> => work(data);
  const worker = connection.openWorker(`contact-events-${consumer}`, act, { concurrency, drainDelay: 1 });
  await worker.waitUntilReady();
  return {
    stop: async () => {
      await worker.close();
      await connection.close();
    },
  };
}
