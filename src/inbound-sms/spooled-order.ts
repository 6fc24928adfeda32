/** A file of items in the order in which they were appended, by one process. */
export interface TimedSegment<T> {
  id: string;
  /** No item in it was acknowledged before. */
  beganAt: Date;
  /** @param at when an item came; null when nobody knows: it then keeps its place */
  read(): Promise<{ at: number | null; item: T }[]>;
}

interface Reading<T> {
  id: string;
  items: { at: number | null; item: T }[];
  next: number;
}

/**
 * The items of all segments by the time they came, and the id of each segment once its last item was given. A segment is
 * read when its time has come, so that only those are in memory that were written at the same time.
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

/** Of what nobody knows the time of, and of an empty segment: at once. */
const timeOf = <T>({ items, next }: Reading<T>): number => items[next]?.at ?? 0;
