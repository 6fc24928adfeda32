import { waitUntil, type Waiting } from '../common/waiting.js';

// Any number, the same in each process.
const KEY = 7_266_310;

/**
 * One process at a time brings a database up to date: the one that comes second waits, and then finds nothing left to do.
 * The lock is kept until the connection is closed.
 * @param query of one connection
 * @throws AbortError when the process is to stop before it has the lock
 */
export async function takeMigrationLock(
  query: (sql: string, values: unknown[]) => Promise<Record<string, unknown>[]>,
  waiting: Waiting,
): Promise<void> {
  // Whoever sleeps in PostgreSQL until it is free neither says so nor hears that it is to stop.
  const take = async (): Promise<boolean> => {
    const [lock] = await query('SELECT pg_try_advisory_lock($1) AS "isOurs"', [KEY]);
    return lock?.['isOurs'] === true;
  };
  await waitUntil(take, waiting, () => 'Waiting for another process to bring the database up to date.');
}
