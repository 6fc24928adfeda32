import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { findShift, firstMessages } from './reading-place.ts';
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
    const shift = findShift(before, entries, top);
    if (shift === null) return;
    const startOf = (key: string): number =>
      lines.getOffsetForIndex(
        entries.findIndex((entry) => entry.key === key),
        'start',
      )?.[0] ?? 0;
    lines.scrollToOffset((lines.scrollOffset ?? 0) + startOf(shift.from) - startOf(shift.to));
  }, [lines, entries, firstOf]);
}
