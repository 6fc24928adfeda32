import type { FieldError } from './problem.js';

const MAX_LEVELS = 64;
/** Names with a meaning in JavaScript: libraries drop them or follow them, so that the values sent under them get lost. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The reason why a JSON body cannot be accepted as it is; null when there is none. It does not recurse, because a body
 * with many thousands of levels would overflow the stack.
 */
export function findJsonProblem(body: unknown): FieldError | null {
  const pending: { value: unknown; path: string; level: number }[] = [{ value: body, path: '', level: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, path, level } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (level === MAX_LEVELS) {
      return {
        field: path.split('.', 1)[0]!,
        message: 'must not have more than {{max}} levels',
        code: 'too_deep',
        params: { max: MAX_LEVELS },
      };
    }
    for (const [name, inside] of Object.entries(value)) {
      const field = path === '' ? name : `${path}.${name}`;
      if (RESERVED.has(name)) {
        return { field, message: 'is a reserved name; choose another one', code: 'name_reserved' };
      }
      pending.push({ value: inside, path: field, level: level + 1 });
    }
  }
  return null;
}
