import { isDeepStrictEqual } from 'node:util';

/** Fields that change with every other field, and carry no information of their own. */
const BOOKKEEPING = new Set(['createdAt', 'updatedAt', 'version']);

type Fields = Record<string, unknown>;

export interface ChangedFields {
  before: Fields | null;
  after: Fields | null;
}

/** The fields that differ between before and after when both are written as JSON; all fields if there is only one side. */
export function changedFields(before: object | null, after: object | null): ChangedFields {
  const [was, is] = [toFields(before), toFields(after)];
  if (was === null || is === null) return { before: was, after: is };
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => !isDeepStrictEqual(was[name], is[name]),
  );
  return { before: pick(was, changed), after: pick(is, changed) };
}

function toFields(side: object | null): Fields | null {
  if (side === null) return null;
  const fields = JSON.parse(JSON.stringify(side)) as Fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !BOOKKEEPING.has(name)));
}

const pick = (fields: Fields, names: string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
