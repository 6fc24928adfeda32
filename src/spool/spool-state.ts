/** What is in the folder of the spool, of all processes that share it. */
export interface SpoolState {
  bytes: number;
  /** When the oldest segment was begun; null without any. */
  oldestAt: Date | null;
  /** Records that nobody could read or store. */
  setAside: number;
}
