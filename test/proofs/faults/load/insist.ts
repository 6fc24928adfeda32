import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../../support/api.ts';

const PAUSE_MS = 400;
const GIVE_UP_AFTER_MS = 60_000;
const ANSWER_WITHIN_MS = 5_000;

/** Calls again until there is an answer that says how it stands; null when there was none for long. */
export async function insist<T>(call: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  while (Date.now() < giveUpAt) {
    const late = sleep(ANSWER_WITHIN_MS, null, { ref: false });
    const answer = await Promise.race([call().catch(() => null), late]);
    if (answer && answer.status < 500) return answer;
    await sleep(PAUSE_MS);
  }
  return null;
}
