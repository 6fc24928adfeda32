// A consumer of contact events that prints each event as one line. Run `npm run watch-events`, or add `-- --count 3` to stop
// after three events.
import { createPostgresBackend, type Job, withBackend, Worker } from 'bullmq';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

interface ContactEvent {
  id: string;
  type: string;
  time: string;
  data: { contactId: string; messageId?: string; version: number };
}

const { values } = parseArgs({ options: { consumer: { type: 'string', default: 'demo' }, count: { type: 'string' } } });
const demo = JSON.parse(readFileSync(join(process.env['DATA_DIR'] || '.data', 'demo.json'), 'utf8')) as {
  databaseUrl?: string;
  redisUrl?: string;
};
const queue = `contact-events-${values.consumer}`;

// Events are delivered at least once: after a crash an event may be repeated, with the same id. So remember the ids of the
// events that you have processed.
const seen = new Set<string>();
const handle = async ({ data: event }: Job<ContactEvent>): Promise<void> => {
  if (seen.has(event.id)) return;
  seen.add(event.id);
  console.log(`${event.time} ${event.type} contact=${event.data.contactId} version=${event.data.version}`);
  if (values.count !== undefined && seen.size >= Number(values.count)) setImmediate(() => void stop());
};

const worker = demo.redisUrl
  ? new Worker<ContactEvent>(queue, handle, { connection: { url: demo.redisUrl } })
  : new (withBackend(createPostgresBackend).Worker)<ContactEvent>(queue, handle, {
      connection: { connectionString: demo.databaseUrl! },
    });
worker.on('error', (error) => console.error(error.message));
process.once('SIGINT', () => void stop());

async function stop(): Promise<void> {
  await worker.close();
  process.exit(0);
}
