interface DatabaseError {
  code?: string;
  constraint?: string;
  message?: string;
}

/** Whether an insert or update failed because another row holds what this unique index guards. */
export function violatesUnique(error: unknown, index: string): boolean {
  const { code, constraint } = error as DatabaseError;
  return code === '23505' && constraint === index;
}

/** Whether a row cannot go because others still name it. */
export const violatesForeignKey = (error: unknown): boolean => (error as DatabaseError).code === '23503';

// https://www.postgresql.org/docs/current/errcodes-appendix.html: 08 connection, 57P shutdown, 57014 time-out, 53300 too many
// connections; then node's socket errors. pg's own time-outs have no code.
const OUT_OF_REACH = /^(08|57P|57014|53300|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN)/;
const OUT_OF_REACH_WORDS = /timeout exceeded when trying to connect|Query read timeout|Connection terminated/i;

/** Whether the database could not be asked at all. */
export function isDatabaseOutOfReach(error: unknown): boolean {
  const { code, message = '' } = error as DatabaseError;
  return code === undefined ? OUT_OF_REACH_WORDS.test(message) : OUT_OF_REACH.test(code);
}

/** Whether the very same work may go well in a moment: out of reach, deadlock, time-out, disk full, a standby (25006). */
export function isTransient(error: unknown): boolean {
  return isDatabaseOutOfReach(error) || /^(25006|40|53|55|57|58)/.test((error as DatabaseError).code ?? '');
}

/** Whether a text has a NUL character: the only one that PostgreSQL's `text` refuses. */
export const isUnstorableText = (error: unknown): boolean => (error as DatabaseError).code === '22021';

/** Whether the data itself is refused, so that trying again cannot help: 22 data exception, 23 constraint. */
export const isPermanent = (error: unknown): boolean => /^2[23]/.test((error as DatabaseError).code ?? '');
