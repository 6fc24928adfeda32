import type { CannedReplyDto } from '../api/generated/types.gen.ts';

/** Few enough to see at a glance; more letters find the others. */
const MAX_SHOWN = 50;

/** What follows the slash that a reply begins with, as long as it is one word; null when nothing is looked for. */
export const lettersOf = (text: string): string | null => /^\/(\S*)$/.exec(text)?.[1]?.toLowerCase() ?? null;

/** By the start of their shortcuts; then by what else has the letters. */
export function searchCannedReplies(all: CannedReplyDto[], letters: string): CannedReplyDto[] {
  const starts = all.filter(({ shortcut }) => shortcut.startsWith(letters));
  const others = all.filter(
    ({ shortcut, text }) =>
      !shortcut.startsWith(letters) && (shortcut.includes(letters) || text.toLowerCase().includes(letters)),
  );
  return [...starts, ...others].slice(0, MAX_SHOWN);
}
