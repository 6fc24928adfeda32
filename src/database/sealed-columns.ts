/** A column that holds secrets, each sealed for its own row. */
interface SealedColumn {
  table: string;
  column: string;
  /** The uuid of the row. */
  id: string;
}

/** Every column that holds secrets. One that is missing here keeps an old key from ever being dropped. */
export const SEALED_COLUMNS = {
  authToken: { table: 'telephony_connections', column: 'auth_token', id: 'account_id' },
  nextAuthToken: { table: 'telephony_connections', column: 'next_auth_token', id: 'account_id' },
} as const satisfies Record<string, SealedColumn>;

/** The place for which `SecretBox` seals the secret of that row. */
export const placeOf = ({ table, column }: Omit<SealedColumn, 'id'>, rowId: string): string =>
  `${table}.${column}:${rowId}`;
