export interface Merged<T> {
  /** What both made of it; where both changed the same field, ours. */
  values: T;
  /** Fields that only the other one has changed. */
  theirs: (keyof T)[];
  /** Fields that both have changed, to different values. */
  both: (keyof T)[];
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export const changedFields = <T extends object>(from: T, to: T): (keyof T)[] =>
  (Object.keys(to) as (keyof T)[]).filter((field) => !isSame(from[field], to[field]));

/** Brings two changes of the same thing together, field by field. */
export function mergeChanges<T extends object>(base: T, mine: T, theirs: T): Merged<T> {
  const myFields = new Set(changedFields(base, mine));
  const theirFields = changedFields(base, theirs);
  const both = theirFields.filter((field) => myFields.has(field) && !isSame(mine[field], theirs[field]));
  const values = { ...theirs };
  for (const field of myFields) values[field] = mine[field];
  return { values, theirs: theirFields.filter((field) => !myFields.has(field)), both };
}
