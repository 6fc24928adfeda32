import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 100;
const SAY_AFTER_MS = 1_000;
const SAY_EVERY_MS = 5_000;

/** Whom a start that waits tells, and what ends its wait. */
export interface Waiting {
  say: (line: string) => void;
  stopping?: AbortSignal | undefined;
}

/**
 * Asks again and again until it is so, and says now and then what for.
 * @throws AbortError when the process is to stop before; what `isSo` throws
 */
export async function waitUntil(
  isSo: () => boolean | Promise<boolean>,
  { say, stopping }: Waiting,
  reason: () => string,
): Promise<void> {
  let sayAt = Date.now() + SAY_AFTER_MS;
  while (!(await isSo())) {
    if (Date.now() >= sayAt) {
      say(reason());
      sayAt = Date.now() + SAY_EVERY_MS;
    }
    await sleep(PAUSE_MS, undefined, { signal: stopping });
  }
}
