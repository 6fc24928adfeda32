import { createPostgresBackend, type Processor, Queue, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** Where the queues are. */
export type QueuePlace = { databaseUrl: string } | { redisUrl: string };

/** BullMQ on connections of its own, as a program beside the service has it. */
export interface QueueConnection {
  openQueue(name: string): Pick<Queue, 'getActiveCount' | 'close'>;
  openWorker(
    name: string,
    work: Processor,
    options: Omit<WorkerOptions, 'connection'>,
  ): Pick<Worker, 'waitUntilReady' | 'close'>;
  close(): Promise<void>;
}

export const connectToQueues = (place: QueuePlace): QueueConnection =>
  'redisUrl' in place ? connectToRedis(place.redisUrl) : connectToPostgres(place.databaseUrl);

function connectToRedis(url: string): QueueConnection {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  return {
    openQueue: (name) => new Queue(name, { connection }),
    openWorker: (name, work, options) => ignoreErrors(new Worker(name, work, { ...options, connection })),
    close: async () => connection.disconnect(),
  };
}

function connectToPostgres(databaseUrl: string): QueueConnection {
  const pool = new pg.Pool({ connectionString: databaseUrl, options: '-c search_path=bullmq', max: 5 });
  pool.on('error', () => undefined); // PostgreSQL is killed in between
  return {
    openQueue: (name) => new Queue(name, { connection: pool }, createPostgresBackend),
    openWorker: (name, work, options) =>
      ignoreErrors(new Worker(name, work, { ...options, connection: pool }, createPostgresBackend)),
    close: () => pool.end(),
  };
}

/** It tries again by itself; without a listener an error would end the process. */
const ignoreErrors = <T extends { on(event: 'error', listener: () => void): unknown }>(worker: T): T => {
  worker.on('error', () => undefined);
  return worker;
};
