import type { DataSource } from 'typeorm';
import type { SealedColumn } from './sealed-columns.js';

export interface SealedSecret {
  rowId: string;
  sealed: string;
}

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** Reads the next secrets of the column, in the order of their rows. @param after the id of the last row read; by default none */
export const readSecrets = (
  dataSource: DataSource,
  { table, column, id }: SealedColumn,
  limit: number,
  after = NIL_UUID,
): Promise<SealedSecret[]> =>
  dataSource.query(
    `SELECT ${id} AS "rowId", ${column} AS sealed FROM ${table}
     WHERE ${column} IS NOT NULL AND ${id} > $1 ORDER BY ${id} LIMIT $2`,
    [after, limit],
  );

/** @returns null when the row no longer has a secret */
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

/** @returns false, without a change, when the secret was changed in the meantime */
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
