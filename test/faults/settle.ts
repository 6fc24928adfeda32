import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { EventReader } from './load/event-reader.ts';
import type { House } from './house/house.ts';

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

const REST = `SELECT
  (SELECT count(*)::int FROM inbound_sms) AS rows,
  (SELECT count(*)::int FROM inbound_sms WHERE processed_at IS NULL) AS unprocessed,
  (SELECT count(*)::int FROM outbound_sms WHERE done_at IS NULL) AS unsent,
  (SELECT count(*)::int FROM contact_events) AS events`;

/** Waits until nothing is left to do, or nothing has changed for so long. */
export async function untilQuiet(
  house: House,
  reader: EventReader,
  { patienceMs, rows: wanted }: Patience,
): Promise<void> {
  const client = new pg.Client(house.postgres.url);
  await client.connect();
  try {
    let before = '';
    let changedAt = Date.now();
    while (Date.now() - changedAt < patienceMs) {
      const { rows, unprocessed, unsent, events } = (await client.query<Rest>(REST)).rows[0]!;
      if (rows >= wanted && unprocessed + unsent === 0 && events === reader.seen.length) return;
      const now = JSON.stringify([rows, unprocessed, unsent, events, reader.seen.length]);
      if (now !== before) changedAt = Date.now();
      before = now;
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    await client.end();
  }
}
