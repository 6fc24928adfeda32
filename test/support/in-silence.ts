import type { Waiting } from '../../src/common/waiting.js';

/** For starts that need not report what they wait for. */
export const IN_SILENCE: Waiting = { log: () => undefined };
