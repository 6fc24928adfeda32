// A consumer of contact events as its own program would be, that notes when each event of a message came. Started by
// setup/event-reader.ts.
import { createPostgresBackend, Worker } from 'bullmq';
import pg from 'pg';
import { microseconds } from '../load/steady-clock.ts';

process.once('disconnect', () => process.exit());
const { DATABASE_URL, QUEUE = '' } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, options: '-c search_path=bullmq', max: 5 });
let arrivals: [messageId: string, at: number][] = [];
const note = async ({ data }: { data: { data: { messageId?: string } } }): Promise<void> => {
  const { messageId } = data.data;
  if (messageId !== undefined) arrivals.push([messageId, microseconds()]);
};
const worker = new Worker(QUEUE, note, { concurrency: 20, drainDelay: 1, connection: pool }, createPostgresBackend);
worker.on('error', () => undefined); // it tries again
process.on('message', () => {
  process.send!(arrivals);
  arrivals = [];
});
await worker.waitUntilReady();
process.send!('ready');
