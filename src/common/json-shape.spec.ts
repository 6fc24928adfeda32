import { describe, expect, test } from '@jest/globals';
import { findJsonProblem } from './json-shape.js';

const nested = (levels: number, inside: unknown = 1): unknown =>
  Array.from({ length: levels }).reduce((value) => ({ a: value }), inside);

describe('A JSON body', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['a text', 'constructor'],
    ['a list', [1, [2, [3]]]],
    ['a reserved word as a value', { name: 'constructor', tags: ['__proto__'] }],
    ['a name that only begins with a reserved word', { constructors: 1, proto: 2 }],
    ['64 levels', nested(64)],
  ])('with %s is accepted', (_, body) => {
    expect(findJsonProblem(body)).toBeNull();
  });

  test.each<[string, unknown, string]>([
    ['constructor', { data: { constructor: 'Acme' } }, 'data.constructor'],
    ['prototype', { data: [{ prototype: 1 }] }, 'data.0.prototype'],
    ['__proto__', JSON.parse('{ "__proto__": { "a": 1 } }'), '__proto__'],
    ['65 levels', nested(65), 'a'],
    ['100,000 levels', { data: nested(100_000) }, 'data'],
  ])('with %s is refused with the name of the field', (_, body, field) => {
    expect(findJsonProblem(body)).toMatchObject({ field, message: expect.any(String) });
  });
});
