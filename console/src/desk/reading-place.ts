import type { Entry } from './thread-entries.ts';

/** The line that was under the first one on the screen, and the one that has come to stand there. */
interface Shift {
  from: string;
  to: string;
}

/**
 * What has come between the line at the top of the screen and what one reads below it, when the former leads a thread
 * and so stays on top of older messages; null when nothing has.
 * @param firstBefore as `firstMessages` was before
 * @param top where in `entries` the line at the top of the screen is; -1 for nowhere
 */
export function findShift(firstBefore: Map<string, string>, entries: Entry[], top: number): Shift | null {
  if (!['older', 'day'].includes(entries[top]?.kind ?? '')) return null;
  const next = entries.slice(top).find((entry) => entry.kind === 'message');
  if (next === undefined || firstMessages(entries).get(next.message.contactId) !== next.key) return null;
  const first = firstBefore.get(next.message.contactId);
  return first === undefined || first === next.key ? null : { from: first, to: next.key };
}

/** The key of each contact's first message. */
export function firstMessages(entries: Entry[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const entry of entries) {
    if (entry.kind === 'message' && !first.has(entry.message.contactId)) first.set(entry.message.contactId, entry.key);
  }
  return first;
}
