const IN_FAILED_SQL_TRANSACTION = '25P02';

/**
 * Awaits all that was asked at once (see PipeliningClient).
 * @throws what went wrong, when all of it is over: of those that failed only because another one had, none hides it
 */
export async function pipelined<T extends readonly unknown[]>(asked: T): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const failed = (await Promise.allSettled(asked)).filter((outcome) => outcome.status === 'rejected');
  if (failed.length > 0) throw (failed.find(({ reason }) => !isConsequence(reason)) ?? failed[0]!).reason;
  return Promise.all(asked) as Promise<{ [K in keyof T]: Awaited<T[K]> }>;
}

const isConsequence = (error: { code?: string }): boolean => error.code === IN_FAILED_SQL_TRANSACTION;
