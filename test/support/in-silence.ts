import type { Waiting } from '../../src/common/waiting.js';

/** For a start of which nobody wants to hear why it waits. */
export const IN_SILENCE: Waiting = { log: () => undefined };
