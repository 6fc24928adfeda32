/** A column that holds secrets, each sealed for its own row. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The uuid of the row. */
  id: string;
}

/** The place for which `SecretBox` seals the secret of that row. */
export const placeOf = ({ table, column }: Omit<SealedColumn, 'id'>, rowId: string): string =>
  `${table}.${column}:${rowId}`;
