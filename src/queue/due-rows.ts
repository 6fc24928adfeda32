import type { EntityManager } from 'typeorm';

const BATCH = 200;
const MOST_BATCHES = 25;

/** Rows that jobs nudge: with columns `nudge_generation` and `nudge_due_at`, an index on the latter, and an id. */
export interface NudgedTable {
  name: string;
  /** SQL: what is true of a row that still waits for work. */
  isWaiting: string;
}

export interface DueRow {
  id: string;
  generation: number;
}

/**
 * Nudges the rows of a table whose job never came. What the queue does not take stays due: once the queue is back, it has
 * waited long enough.
 * @param nudge gives a batch to the queue; throws when the queue does not take it
 * @returns how many were nudged
 */
export async function nudgeDueRows(
  manager: EntityManager,
  table: NudgedTable,
  nudge: (rows: DueRow[]) => Promise<unknown>,
): Promise<number> {
  let nudged = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const rows = await takeDueRows(manager, table);
    if (rows.length === 0) break;
    try {
      await nudge(rows);
    } catch (error) {
      await makeDueAgain(manager, table, rows);
      throw error;
    }
    nudged += rows.length;
  }
  return nudged;
}

/** Each is noted as nudged once more; ever longer waits, up to a minute. */
async function takeDueRows(manager: EntityManager, { name, isWaiting }: NudgedTable): Promise<DueRow[]> {
  const [rows] = await manager.query(
    `UPDATE ${name} SET nudge_generation = nudge_generation + 1,
       nudge_due_at = now() + least(60, 10 * 2 ^ least(nudge_generation, 6)) * interval '1 second'
     WHERE id IN (SELECT id FROM ${name} WHERE ${isWaiting} AND nudge_due_at < now()
       ORDER BY nudge_due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING id, nudge_generation AS generation`,
    [BATCH],
  );
  return rows;
}

async function makeDueAgain(manager: EntityManager, { name, isWaiting }: NudgedTable, rows: DueRow[]): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await manager.query(`UPDATE ${name} SET nudge_due_at = now() WHERE id = ANY ($1) AND ${isWaiting}`, [ids]);
}
