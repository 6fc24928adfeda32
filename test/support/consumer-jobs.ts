import type { TestApp } from './app.ts';
import { askDirectly } from './postgres.ts';

/** Puts jobs of a consumer into its queue as BullMQ leaves them; their ids begin with the state and `ageMs`. */
export function insertJobs(
  { databaseUrl }: Pick<TestApp, 'databaseUrl'>,
  queue: string,
  { state, count, ageMs }: { state: 'completed' | 'failed' | 'waiting'; count: number; ageMs: number },
): Promise<unknown> {
  // On a connection of its own: the service gives a query up after some seconds.
  return askDirectly(databaseUrl, ({ query }) =>
    query(
      `INSERT INTO bullmq.job (queue, id, seq, name, state, added_at_ms, finished_at_ms)
     SELECT $1, $2 || '-' || $4 || '-' || n, nextval('bullmq.job_seq'), 'contact.message', $2::bullmq.job_state, at,
       CASE WHEN $2 <> 'waiting' THEN at END
     FROM generate_series(1, $3::int) AS n, (SELECT (extract(epoch FROM now()) * 1000)::bigint - $4::bigint AS at) AS past`,
      [queue, state, count, ageMs],
    ),
  );
}
