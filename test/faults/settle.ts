import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Consumer } from './load/consumer.ts';
import type { History } from './history/history.ts';
import { type FromDatabase, readDatabase } from './history/read-database.ts';
import type { Stack } from './stack.ts';

const LOOK_EVERY_MS = 500;

interface Patience {
  patienceMs: number;
  /** Of the journal, that are to come. */
  rows: number;
}

/** What is still to be done, counted. */
interface Rest {
  rows: number;
  unprocessed: number;
  unsent: number;
  events: number;
}

/** What the database has and what the consumer has seen at one moment: that of the last event, once all is quiet. */
export async function readOnceQuiet(
  stack: Stack,
  consumer: Consumer,
  patience: Patience,
): Promise<FromDatabase & Pick<History, 'seenEvents'>> {
  for (;;) {
    const isQuiet = await untilQuiet(stack, consumer, patience);
    const seenEvents = [...consumer.seen];
    const rows = await readDatabase(stack);
    // Quiet is not the end: Twilio may tell of a reply's arrival just then.
    if (!isQuiet || rows.events.length === seenEvents.length) return { ...rows, seenEvents };
  }
}

const REST = `SELECT
  (SELECT count(*)::int FROM inbound_sms) AS rows,
  (SELECT count(*)::int FROM inbound_sms WHERE processed_at IS NULL) AS unprocessed,
  (SELECT count(*)::int FROM outbound_sms WHERE done_at IS NULL) AS unsent,
  (SELECT count(*)::int FROM contact_events) AS events`;

/** Waits until nothing is left to do, or nothing has changed for so long: then false. */
async function untilQuiet(stack: Stack, consumer: Consumer, { patienceMs, rows: wanted }: Patience): Promise<boolean> {
  const client = new pg.Client(stack.postgres.url);
  await client.connect();
  try {
    let before = '';
    let changedAt = Date.now();
    while (Date.now() - changedAt < patienceMs) {
      const { rows, unprocessed, unsent, events } = (await client.query<Rest>(REST)).rows[0]!;
      if (rows >= wanted && unprocessed + unsent === 0 && events === consumer.seen.length) return true;
      const now = JSON.stringify([rows, unprocessed, unsent, events, consumer.seen.length]);
      if (now !== before) changedAt = Date.now();
      before = now;
      await sleep(LOOK_EVERY_MS);
    }
    return false;
  } finally {
    await client.end();
  }
}
