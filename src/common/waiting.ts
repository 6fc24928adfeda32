/** Whom a start that waits tells, and what ends its wait. */
export interface Waiting {
  say: (line: string) => void;
  stopping?: AbortSignal | undefined;
}
