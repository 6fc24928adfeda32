import type { Details, HealthState } from './health-check.js';

const FAILING_AFTER_SECONDS = 10 * 60;

/** What waits of an account. */
export interface Backlog {
  count: number;
  /** For how long the oldest has waited; null without any. */
  oldestSeconds: number | null;
}

/** @param patience seconds for which it is nothing unusual to wait */
export function judgeWait({ oldestSeconds }: Backlog, patience: number): HealthState {
  if (oldestSeconds === null || oldestSeconds < patience) return 'ok';
  return oldestSeconds < Math.max(FAILING_AFTER_SECONDS, 2 * patience) ? 'warning' : 'failing';
}

export function describeWait({ count, oldestSeconds }: Backlog): Details {
  const seconds = oldestSeconds ?? 0;
  return {
    params: { count, wait: seconds },
    inWords: { wait: inWords(seconds) },
    since: new Date(Date.now() - seconds * 1_000),
  };
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  return seconds < 7_200 ? `${Math.floor(seconds / 60)} minutes` : `${Math.floor(seconds / 3_600)} hours`;
}
