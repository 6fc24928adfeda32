import type { TestProcess } from './app.ts';
import { eventually } from './eventually.ts';

/** Waits until `count` transactions of the database wait for a lock. */
export function untilSomebodyWaits({ dataSource }: Pick<TestProcess, 'dataSource'>, count = 1): Promise<unknown> {
  return eventually(`${count} transactions that wait for a lock`, async () => {
    const [found] = await dataSource.query(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return found.waiting >= count;
  });
}
