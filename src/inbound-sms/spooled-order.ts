/** A file to which one process appended items, in this order. */
export interface TimedSegment<T> {
  id: string;
  /** No item in it was acknowledged before this time. */
  beganAt: Date;
  /** @param at when an item was received; null if that is unknown: the item then keeps its place */
  read(): Promise<{ at: number | null; item: T }[]>;
}

interface Reading<T> {
  id: string;
  items: { at: number | null; item: T }[];
  next: number;
}

/**
 * Yields the items of all segments ordered by the time received, and the id of each segment after its last item. A segment
 * is read only when its first item is next, so that memory holds only segments written at the same time.
 * @param segments the oldest first
 */
export async function* mergeByTime<T>(segments: TimedSegment<T>[]): AsyncGenerator<{ item: T } | { end: string }> {
  const coming = [...segments];
  const reading: Reading<T>[] = [];
  while (coming.length > 0 || reading.length > 0) {
    const earliest = reading.toSorted((a, b) => timeOf(a) - timeOf(b))[0];
    const [next] = coming;
    if (next !== undefined && (earliest === undefined || next.beganAt.getTime() <= timeOf(earliest))) {
      coming.shift();
      reading.push({ id: next.id, items: await next.read(), next: 0 });
    } else if (earliest !== undefined) {
      const entry = earliest.items[earliest.next++];
      if (entry !== undefined) yield { item: entry.item };
      if (earliest.next < earliest.items.length) continue;
      reading.splice(reading.indexOf(earliest), 1);
      yield { end: earliest.id };
    }
  }
}

/** An item of unknown time and an empty segment come first. */
const timeOf = <T>({ items, next }: Reading<T>): number => items[next]?.at ?? 0;
