/** What this process does with the spool; where neither is true it has none. */
export abstract class SpoolUse {
  /** It takes SMS in, and keeps here what the database does not take. */
  abstract readonly isFilled: boolean;
  /** It looks for SMS that never came, and empties the spool before. */
  abstract readonly isEmptied: boolean;
}
