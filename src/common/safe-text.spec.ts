import { describe, expect, test } from '@jest/globals';
import { toStorableJson, toStorableText, toWellFormedJson } from './safe-text.js';

describe('toStorableText', () => {
  test.each([
    ['plain text stays', 'Hello', 'Hello'],
    ['emoji and right-to-left text stay', '👩‍👩‍👧 שלום', '👩‍👩‍👧 שלום'],
    ['NUL becomes visible', 'a\0b\0', 'a␀b␀'],
    ['a lone surrogate is replaced', 'a\ud83dz', 'a\ufffdz'],
    ['an empty body stays empty', '', ''],
  ])('%s', (_, text, expected) => {
    expect(toStorableText(text)).toBe(expected);
  });
});

describe('toStorableJson', () => {
  test.each<[string, unknown, unknown]>([
    ['storable values stay', { a: ['x', 1, true, null], b: {} }, { a: ['x', 1, true, null], b: {} }],
    ['texts at any depth change', { a: [{ b: 'x\0' }], c: '\ud83d' }, { a: [{ b: 'x␀' }], c: '\ufffd' }],
    ['names of fields change', { 'a\0': 1 }, { 'a␀': 1 }],
    ['-0 becomes 0, as jsonb stores it', { a: -0 }, { a: 0 }],
    [
      'no name is special',
      JSON.parse('{"__proto__":1,"constructor":2}'),
      JSON.parse('{"__proto__":1,"constructor":2}'),
    ],
  ])('%s', (_, value, expected) => {
    expect(toStorableJson(value)).toStrictEqual(expected);
  });
});

test('toWellFormedJson replaces lone surrogates, and nothing else', () => {
  expect(toWellFormedJson({ '\ud800': ['a\udfffb', '\0', '👋', 1, null, true] })).toStrictEqual({
    '\ufffd': ['a\ufffdb', '\0', '👋', 1, null, true],
  });
});
