export const HARMS = ['lost', 'doubled', 'inverted', 'invented', 'malformed'] as const;

/** What a broken promise does to people. */
export type Harm = (typeof HARMS)[number];

export interface Violation {
  invariant: string;
  harm: Harm;
  what: string;
}

/** How often each of these is there. */
export function countEach<T>(items: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
