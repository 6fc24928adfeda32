interface DatabaseError {
  code?: string;
  constraint?: string;
}

/** Whether an insert or update failed because another row holds what this unique index guards. */
export function violatesUnique(error: unknown, index: string): boolean {
  const { code, constraint } = error as DatabaseError;
  return code === '23505' && constraint === index;
}

/** Whether a row cannot go because others still name it. */
export const violatesForeignKey = (error: unknown): boolean => (error as DatabaseError).code === '23503';
