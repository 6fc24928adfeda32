import type { DataSource } from 'typeorm';
import { type SecretBox, SecretUnreadableError } from '../common/secret-box.js';
import { placeOf, type SealedColumn } from './sealed-columns.js';
import { findSecret, readSecrets, replaceSecret, type SealedSecret } from './sealed-columns.queries.js';

const BATCH_SIZE = 100;

/** The state of the secrets in one column. */
export interface ColumnReport {
  /** For example `telephony_connections.auth_token`. */
  column: string;
  total: number;
  /** How many were resealed with the newest key. */
  resealed: number;
  /** How many are still sealed with an older key. */
  outdated: number;
  /** The reasons why secrets cannot be read, one per unreadable secret; these stay as they are. */
  unreadable: string[];
}

/**
 * Reseals every secret of these columns that is not sealed with the newest key, then reads all of them again. It works row by
 * row and replaces only secrets that were not changed meanwhile, so it can run beside the service, be interrupted, and run again.
 */
export async function rotateSecrets(
  dataSource: DataSource,
  secrets: SecretBox,
  columns: SealedColumn[],
): Promise<ColumnReport[]> {
  const reports: ColumnReport[] = [];
  for (const column of columns) {
    let resealed = 0;
    for await (const secret of allSecrets(dataSource, column)) {
      if (await reseal(dataSource, secrets, column, secret)) resealed++;
    }
    reports.push({ ...(await checkColumn(dataSource, secrets, column)), resealed });
  }
  return reports;
}

/** Reads every secret of these columns, and changes none. */
export async function checkSecrets(
  dataSource: DataSource,
  secrets: SecretBox,
  columns: SealedColumn[],
): Promise<ColumnReport[]> {
  const reports: ColumnReport[] = [];
  for (const column of columns) reports.push(await checkColumn(dataSource, secrets, column));
  return reports;
}

/** Whether all secrets open with the newest key, so that the older keys are no longer needed. */
export const isDone = (reports: ColumnReport[]): boolean =>
  reports.every(({ outdated, unreadable }) => outdated === 0 && unreadable.length === 0);

async function checkColumn(dataSource: DataSource, secrets: SecretBox, column: SealedColumn): Promise<ColumnReport> {
  const found: ColumnReport = {
    column: `${column.table}.${column.column}`,
    total: 0,
    resealed: 0,
    outdated: 0,
    unreadable: [],
  };
  for await (const { rowId, sealed } of allSecrets(dataSource, column)) {
    found.total++;
    const text = tryToOpen(secrets, sealed, placeOf(column, rowId));
    if (text instanceof SecretUnreadableError) found.unreadable.push(text.message);
    else if (!secrets.isCurrent(sealed)) found.outdated++;
  }
  return found;
}

async function reseal(
  dataSource: DataSource,
  secrets: SecretBox,
  column: SealedColumn,
  first: SealedSecret,
): Promise<boolean> {
  for (
    let secret: SealedSecret | null = first;
    secret !== null;
    secret = await findSecret(dataSource, column, first.rowId)
  ) {
    if (secrets.isCurrent(secret.sealed)) return false;
    const place = placeOf(column, secret.rowId);
    const text = tryToOpen(secrets, secret.sealed, place);
    if (text instanceof SecretUnreadableError) return false;
    if (await replaceSecret(dataSource, column, secret, secrets.seal(text, place))) return true;
  }
  return false;
}

async function* allSecrets(dataSource: DataSource, column: SealedColumn): AsyncGenerator<SealedSecret> {
  for (let batch = await readSecrets(dataSource, column, BATCH_SIZE); batch.length > 0;) {
    yield* batch;
    batch = await readSecrets(dataSource, column, BATCH_SIZE, batch.at(-1)!.rowId);
  }
}

function tryToOpen(secrets: SecretBox, sealed: string, place: string): string | SecretUnreadableError {
  try {
    return secrets.open(sealed, place);
  } catch (error) {
    if (error instanceof SecretUnreadableError) return error;
    throw error;
  }
}
