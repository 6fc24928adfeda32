import type { DataSource } from 'typeorm';
import type { SealedColumn } from './sealed-columns.js';

export interface SealedSecret {
  rowId: string;
  sealed: string;
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** The next secrets of the column, in the order of their rows. @param after the row to go on behind; the first if left out */
export const readSecrets = (
  dataSource: DataSource,
  { table, column, id }: SealedColumn,
  limit: number,
  after = BEFORE_ALL,
): Promise<SealedSecret[]> =>
  dataSource.query(
    `SELECT ${id} AS "rowId", ${column} AS sealed FROM ${table}
     WHERE ${column} IS NOT NULL AND ${id} > $1 ORDER BY ${id} LIMIT $2`,
    [after, limit],
  );

/** @returns null when the row has no secret any more */
export async function findSecret(
  dataSource: DataSource,
  { table, column, id }: SealedColumn,
  rowId: string,
): Promise<SealedSecret | null> {
  const [row] = await dataSource.query<SealedSecret[]>(
    `SELECT ${id} AS "rowId", ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL AND ${id} = $1`,
    [rowId],
  );
  return row ?? null;
}

/** @returns false, and changes nothing, when somebody changed it meanwhile */
export async function replaceSecret(
  dataSource: DataSource,
  { table, column, id }: SealedColumn,
  { rowId, sealed }: SealedSecret,
  resealed: string,
): Promise<boolean> {
  const [, count] = await dataSource.query<[unknown, number]>(
    `UPDATE ${table} SET ${column} = $3 WHERE ${id} = $1 AND ${column} = $2`,
    [rowId, sealed, resealed],
  );
  return count === 1;
}
