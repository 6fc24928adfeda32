import { setTimeout as sleep } from 'node:timers/promises';
import type { Waiting } from '../common/waiting.js';

// Any number, the same in each process.
const KEY = 7_266_310;
const PAUSE_MS = 250;
const SAY_AFTER_MS = 1_000;
const SAY_EVERY_MS = 15_000;

/**
 * One process at a time brings a database up to date: the one that comes second waits, and then finds nothing left to do.
 * The lock is kept until the connection is closed.
 * @param query of one connection
 * @throws AbortError when the process is to stop before it has the lock
 */
export async function takeMigrationLock(
  query: (sql: string, values: unknown[]) => Promise<Record<string, unknown>[]>,
  { say, stopping }: Waiting,
): Promise<void> {
  let sayAt = Date.now() + SAY_AFTER_MS;
  // Asked again and again: whoever sleeps in PostgreSQL until it is free neither says so nor hears that it is to stop.
  for (;;) {
    const [lock] = await query('SELECT pg_try_advisory_lock($1) AS "isOurs"', [KEY]);
    if (lock?.['isOurs'] === true) return;
    if (Date.now() >= sayAt) {
      say('Waiting for another process to bring the database up to date.');
      sayAt = Date.now() + SAY_EVERY_MS;
    }
    await sleep(PAUSE_MS, undefined, { signal: stopping });
  }
}
