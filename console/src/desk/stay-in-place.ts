import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { Entry } from './thread-entries.ts';

/**
 * Keeps what one reads where it is as older messages come above it. The virtualizer holds on to the line at the top; when
 * that one leads the thread, and so stays on top of what has come, the thread would run away to its beginning.
 */
export function useStayInPlace(lines: Virtualizer<HTMLDivElement, Element>, entries: Entry[]): void {
  const firstOf = useMemo(() => firstMessages(entries), [entries]);
  const known = useRef(firstOf);
  useLayoutEffect(() => {
    const before = known.current;
    known.current = firstOf;
    const top = lines.getVirtualItemForOffset(lines.scrollOffset ?? 0)?.index ?? -1;
    if (!['older', 'day'].includes(entries[top]?.kind ?? '')) return;
    const next = entries.slice(top).find((entry) => entry.kind === 'message');
    if (next === undefined || firstOf.get(next.message.contactId) !== next.key) return;
    const first = before.get(next.message.contactId);
    if (first === undefined || first === next.key) return;
    const startOf = (key: string): number =>
      lines.getOffsetForIndex(
        entries.findIndex((entry) => entry.key === key),
        'start',
      )?.[0] ?? 0;
    lines.scrollToOffset((lines.scrollOffset ?? 0) + startOf(first) - startOf(next.key));
  }, [lines, entries, firstOf]);
}

/** The key of each contact's first message. */
function firstMessages(entries: Entry[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const entry of entries) {
    if (entry.kind === 'message' && !first.has(entry.message.contactId)) first.set(entry.message.contactId, entry.key);
  }
  return first;
}
