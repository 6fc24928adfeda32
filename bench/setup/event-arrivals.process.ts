// A consumer of contact events as its own program would be, that notes when each event of a message came. Started by
// setup/event-arrivals.ts.
import { workOnQueue } from '../../test/stack/event-reader.ts';
import { microseconds } from '../load/steady-clock.ts';

process.once('disconnect', () => process.exit());
const { DATABASE_URL: databaseUrl = '', CONSUMER = '' } = process.env;
let arrivals: [messageId: string, at: number][] = [];
process.on('message', () => {
  process.send!(arrivals);
  arrivals = [];
});
await workOnQueue(
  { databaseUrl },
  CONSUMER,
  ({ data: { messageId } }) => {
    if (messageId !== undefined) arrivals.push([messageId, microseconds()]);
  },
  { concurrency: 20 },
);
process.send!('ready');
