import { describe, expect, test } from '@jest/globals';
import { toStorableText } from './safe-text.js';

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
