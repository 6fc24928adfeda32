const IN_FAILED_SQL_TRANSACTION = '25P02';

/**
 * Awaits queries that were sent together (see PipeliningClient).
 * @throws once all of them have settled, the error that caused the others to fail
 */
export async function pipelined<T extends readonly unknown[]>(queries: T): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const failed = (await Promise.allSettled(queries)).filter((outcome) => outcome.status === 'rejected');
  if (failed.length > 0) throw (failed.find(({ reason }) => !isConsequence(reason)) ?? failed[0]!).reason;
  return Promise.all(queries) as Promise<{ [K in keyof T]: Awaited<T[K]> }>;
}

const isConsequence = (error: { code?: string }): boolean => error.code === IN_FAILED_SQL_TRANSACTION;
