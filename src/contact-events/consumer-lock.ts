import type { DataSource, EntityManager } from 'typeorm';

/**
 * Lets one process at a time move a consumer's cursor, or its events would overtake each other.
 * A lock of the session and not of a transaction: an open transaction would hold back what others may read of the log.
 */
export async function withConsumerLock<T>(
  dataSource: DataSource,
  consumerId: string,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  const key = [`consumer:${consumerId}`];
  try {
    await runner.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', key);
    try {
      return await work(runner.manager);
    } finally {
      await runner.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', key);
    }
  } finally {
    await runner.release();
  }
}
