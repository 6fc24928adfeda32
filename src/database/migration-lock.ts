import { waitUntil, type Waiting } from '../common/waiting.js';

// An arbitrary number that is the same in every process.
const KEY = 7_266_310;

/**
 * Lets one process at a time migrate a database: a second one waits, and then finds nothing left to do. The lock is held
 * until the connection is closed.
 * @param query runs on a single connection
 * @throws AbortError when the process has to stop before it has the lock
 */
export async function takeMigrationLock(
  query: (sql: string, values: unknown[]) => Promise<Record<string, unknown>[]>,
  waiting: Waiting,
): Promise<void> {
  // A blocking call would neither log that it waits nor notice that the process has to stop.
  const take = async (): Promise<boolean> => {
    const [lock] = await query('SELECT pg_try_advisory_lock($1) AS "isOurs"', [KEY]);
    return lock?.['isOurs'] === true;
  };
  await waitUntil(take, waiting, () => 'Waiting for another process to migrate the database.');
}
