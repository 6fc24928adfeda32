/** A column with secrets, each of which is sealed for its own row. */
interface SealedColumn {
  table: string;
  column: string;
  /** The uuid of the row. */
  id: string;
}

/** Every column with secrets. The key rotation would not reseal a column that is missing here. */
export const SEALED_COLUMNS = {
  authToken: { table: 'telephony_connections', column: 'auth_token', id: 'account_id' },
  nextAuthToken: { table: 'telephony_connections', column: 'next_auth_token', id: 'account_id' },
} as const satisfies Record<string, SealedColumn>;

/** The place for which `SecretBox` seals the secret of a row. */
export const placeOf = ({ table, column }: Omit<SealedColumn, 'id'>, rowId: string): string =>
  `${table}.${column}:${rowId}`;
