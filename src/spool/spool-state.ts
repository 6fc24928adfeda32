/** The content of the spool folder, from all processes that share it. */
export interface SpoolState {
  bytes: number;
  /** When the oldest segment was started; null if there is none. */
  oldestAt: Date | null;
  /** The number of records that could not be read or stored. */
  setAside: number;
}
