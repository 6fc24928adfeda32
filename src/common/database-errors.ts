interface DatabaseError {
  code?: string;
  constraint?: string;
  message?: string;
}

/** Whether an insert or update failed because another row already has that key of this unique index. */
export function violatesUnique(error: unknown, index: string): boolean {
  const { code, constraint } = error as DatabaseError;
  return code === '23505' && constraint === index;
}

/** Whether a row cannot be deleted because other rows still refer to it. */
export const violatesForeignKey = (error: unknown): boolean => (error as DatabaseError).code === '23503';

// https://www.postgresql.org/docs/current/errcodes-appendix.html: 08 connection, 57P shutdown, 57014 timeout, 53300 too many
// connections; then Node's socket errors. The timeouts of pg itself have no code.
const UNREACHABLE_CODES = /^(08|57P|57014|53300|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN)/;
const UNREACHABLE_MESSAGES = /timeout exceeded when trying to connect|Query read timeout|Connection terminated/i;

/** Whether the database could not be reached, or did not answer in time. */
export function isDatabaseUnreachable(error: unknown): boolean {
  const { code, message = '' } = error as DatabaseError;
  return code === undefined ? UNREACHABLE_MESSAGES.test(message) : UNREACHABLE_CODES.test(code);
}

/** Whether a retry may succeed: database unreachable, deadlock, timeout, disk full, or a standby (25006). */
export function isTransient(error: unknown): boolean {
  return isDatabaseUnreachable(error) || /^(25006|40|53|55|57|58)/.test((error as DatabaseError).code ?? '');
}

/** Whether a text contains NUL, the only character that PostgreSQL's `text` refuses. */
export const isUnstorableText = (error: unknown): boolean => (error as DatabaseError).code === '22021';

/** Whether the data itself is refused, so that a retry cannot succeed: 22 data exception, 23 constraint. */
export const isPermanent = (error: unknown): boolean => /^2[23]/.test((error as DatabaseError).code ?? '');
