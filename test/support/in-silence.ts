import type { Waiting } from '../../src/database/migration-lock.js';

/** For a start of which nobody wants to hear why it waits. */
export const IN_SILENCE: Waiting = { say: () => undefined };
