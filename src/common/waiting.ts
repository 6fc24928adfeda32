import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 100;
const LOG_AFTER_MS = 1_000;
const LOG_EVERY_MS = 5_000;

/** How a startup step waits: where it logs what it waits for, and the signal that ends the wait. */
export interface Waiting {
  log: (line: string) => void;
  stopping?: AbortSignal | undefined;
}

/**
 * Checks the condition repeatedly until it is true, and logs the reason for waiting every few seconds.
 * @throws AbortError when the process has to stop first; what `condition` throws
 */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  { log, stopping }: Waiting,
  reason: () => string,
): Promise<void> {
  let logAt = Date.now() + LOG_AFTER_MS;
  while (!(await condition())) {
    if (Date.now() >= logAt) {
      log(reason());
      logAt = Date.now() + LOG_EVERY_MS;
    }
    await sleep(PAUSE_MS, undefined, { signal: stopping });
  }
}
