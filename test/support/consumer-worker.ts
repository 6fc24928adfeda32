import { Worker } from 'bullmq';
import { loadEnvironment } from '../../src/config/load-environment.js';
import type { ContactEventDto } from '../../src/contact-events/contact-event.dto.js';
import { DatabaseLocation } from '../../src/database/database-location.js';
import { openQueueBackend } from '../../src/queue/queue-backend.js';
import type { TestApp } from './app.ts';
import { IN_SILENCE } from './in-silence.ts';

export interface ConsumerWorker {
  /** What came out of the queue, in that order. */
  received: ContactEventDto[];
  stop(): Promise<void>;
}

/**
 * Reads a consumer's queue, as the service behind it would: with a Worker of BullMQ and connections of its own.
 * @param work throws to say that an event could not be worked on
 */
export async function readQueue(
  { databaseUrl }: Pick<TestApp, 'databaseUrl'>,
  consumerName: string,
  work: (event: ContactEventDto) => void = () => undefined,
): Promise<ConsumerWorker> {
  const backend = await openQueueBackend(loadEnvironment({}), new DatabaseLocation(databaseUrl, false), IN_SILENCE);
  const received: ContactEventDto[] = [];
  const worker = new Worker<ContactEventDto>(
    `contact-events-${consumerName}`,
    async ({ data }) => {
      work(data);
      received.push(data);
    },
    { connection: backend.worker, prefix: backend.prefix },
  );
  // Without a listener an error of a Worker would end the process.
  worker.on('error', () => undefined);
  return {
    received,
    stop: async () => {
      await worker.close();
      await backend.close();
    },
  };
}
