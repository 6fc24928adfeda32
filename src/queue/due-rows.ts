import type { EntityManager } from 'typeorm';

const BATCH_SIZE = 200;
const MAX_BATCHES = 25;

/** A table whose rows are processed by jobs. It has the columns `id`, `job_generation` and `job_due_at`, the last one indexed. */
export interface SweptTable {
  name: string;
  /** An SQL condition that is true for a row that is still pending. */
  isPending: string;
}

export interface DueRow {
  id: string;
  generation: number;
}

/**
 * Enqueues the rows of a table whose job did not run. Rows that the queue does not accept stay due, so that the first sweep
 * after the queue has recovered finds them.
 * @param enqueue adds a job for these rows; throws when the queue does not take it
 * @returns how many rows were enqueued
 */
export async function enqueueDueRows(
  manager: EntityManager,
  table: SweptTable,
  enqueue: (rows: DueRow[]) => Promise<unknown>,
): Promise<number> {
  let enqueued = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const rows = await takeDueRows(manager, table);
    if (rows.length === 0) break;
    try {
      await enqueue(rows);
    } catch (error) {
      await makeDueAgain(manager, table, rows);
      throw error;
    }
    enqueued += rows.length;
  }
  return enqueued;
}

/** Increments the generation of each row and postpones its next job, by longer each time, up to a minute. */
async function takeDueRows(manager: EntityManager, { name, isPending }: SweptTable): Promise<DueRow[]> {
  const [rows] = await manager.query(
    `UPDATE ${name} SET job_generation = job_generation + 1,
       job_due_at = now() + least(60, 10 * 2 ^ least(job_generation, 6)) * interval '1 second'
     WHERE id IN (SELECT id FROM ${name} WHERE ${isPending} AND job_due_at < now()
       ORDER BY job_due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING id, job_generation AS generation`,
    [BATCH_SIZE],
  );
  return rows;
}

async function makeDueAgain(manager: EntityManager, { name, isPending }: SweptTable, rows: DueRow[]): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await manager.query(`UPDATE ${name} SET job_due_at = now() WHERE id = ANY ($1) AND ${isPending}`, [ids]);
}
