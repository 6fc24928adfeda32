import { Worker } from 'bullmq';
import { loadEnvironment } from '../../src/config/load-environment.js';
import type { ContactEventDto } from '../../src/contact-events/contact-event.dto.js';
import { openQueueBackend } from '../../src/queue/queue-backend.js';
import type { TestApp } from './app.ts';
import { IN_SILENCE } from './in-silence.ts';

export interface ConsumerWorker {
  /** The events from the queue, in the order of arrival. */
  received: ContactEventDto[];
  stop(): Promise<void>;
}

/**
 * Reads a consumer's queue as another service would: with a BullMQ Worker and its own connections.
 * @param work throws if it cannot process an event
 */
export async function readQueue(
  { databaseUrl }: Pick<TestApp, 'databaseUrl'>,
  consumerName: string,
  work: (event: ContactEventDto) => void = () => undefined,
): Promise<ConsumerWorker> {
  const backend = await openQueueBackend(loadEnvironment({ DATABASE_URL: databaseUrl }), IN_SILENCE);
  const received: ContactEventDto[] = [];
  const worker = new Worker<ContactEventDto>(
    `contact-events-${consumerName}`,
    async ({ data }) => {
      work(data);
      received.push(data);
    },
    { connection: backend.worker, prefix: backend.prefix },
  );
  // Without a listener, an error of the Worker would end the process.
  worker.on('error', () => undefined);
  return {
    received,
    stop: async () => {
      await worker.close();
      await backend.close();
    },
  };
}
