import type { FieldError } from './problem.js';

const MAX_LEVELS = 64;
/** Names that tools on the way take for something else, and drop or follow: what is sent under them would get lost. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What keeps a JSON body from being taken as it is; null when nothing does. Looked for without recursion: that is what
 * a body of many thousand levels breaks.
 */
export function findJsonProblem(body: unknown): FieldError | null {
  const waiting: { value: unknown; path: string; level: number }[] = [{ value: body, path: '', level: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path, level } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (level === MAX_LEVELS) {
      return {
        field: path.split('.', 1)[0]!,
        message: 'must not be more than {{max}} levels deep',
        code: 'too_deep',
        params: { max: MAX_LEVELS },
      };
    }
    for (const [name, inside] of Object.entries(value)) {
      const field = path === '' ? name : `${path}.${name}`;
      if (RESERVED.has(name)) {
        return { field, message: 'is a name that cannot be used; choose another one', code: 'name_reserved' };
      }
      waiting.push({ value: inside, path: field, level: level + 1 });
    }
  }
  return null;
}
