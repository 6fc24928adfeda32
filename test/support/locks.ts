import type { TestProcess } from './app.ts';
import { eventually } from './eventually.ts';

/** Waits until some transactions of the database wait for a lock that another one holds. */
export function untilSomebodyWaits({ dataSource }: Pick<TestProcess, 'dataSource'>, count = 1): Promise<unknown> {
  return eventually(`${count} that wait for a lock`, async () => {
    const [found] = await dataSource.query(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return found.waiting >= count;
  });
}
