import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toPlain } from './plain-characters.js';
import { countSegments } from './segments.js';

describe('toPlain', () => {
  test.each<[string, [string, string | null][]]>([
    ['quotes', [...pairs('‘’‚′´`', "'"), ...pairs('“”„«»″', '"')]],
    ['dashes and bullets', [...pairs('–—‑−―•‣', '-'), ['·', '.']]],
    ['ellipses', [...pairs('…', '...'), ...pairs('‥', '..')]],
    ['blanks', [...pairs('\u00a0\u202f\u2003\u3000\t', ' '), ...pairs('\u2028\u2029', '\n')]],
    ['characters without a glyph', [...pairs('\u200b\ufeff\u00ad\u200e\ufe0f', ''), ['a\u200d', 'a']]],
    ['ligatures', Object.entries({ ﬁ: 'fi', ﬄ: 'ffl', œ: 'oe', Œ: 'OE', ĳ: 'ij' })],
    ['full width', [...pairs('Ａ', 'A'), ...pairs('１', '1'), ...pairs('！', '!'), ...pairs('｛', '{')]],
    ['styled letters', [...pairs('𝓗ℋＨ', 'H'), ...pairs('①', '1'), ...pairs('㎏', 'kg'), ...pairs('№', 'No')]],
    [
      'accents',
      [...pairs('áâãăạ', 'a'), ...pairs('ç', 'c'), ...pairs('ếê', 'e'), ...pairs('őó', 'o'), ...pairs('Ż', 'Z')],
    ],
    [
      'letters that Unicode does not decompose',
      [...pairs('ł', 'l'), ...pairs('đð', 'd'), ...pairs('ı', 'i'), ...pairs('ẞ', 'SS')],
    ],
    ['letters in two parts', [...pairs('Ώ', 'Ω'), ['e\u0301', 'é'], ['c\u0327', 'c'], ['a\u0323\u0302', 'a']]],
    ['signs', [...pairs('×', 'x'), ...pairs('÷', '/'), ...pairs('≤', '<='), ...pairs('→', '->'), ...pairs('™', 'TM')]],
    ['digits that need a separator', [...pairs('½', ' 1/2'), ...pairs('²', '^2'), ...pairs('₂', '2')]],
    ['characters without a replacement', pairs('≠°¨\ufffd␀\u0301\ud800', null)],
    ['emoji', ['👍', '👍🏽', '👩‍👩‍👧', '🇮🇹', '1️⃣', '❤️', '™️', 'Ⓜ️'].map((emoji) => [emoji, null])],
    ['other scripts', pairs('яйαが한ש中', null)],
  ])('%s', (_, expected) => {
    expect(expected.map(([character]) => [character, toPlain(character)])).toEqual(expected);
  });

  test('gives only GSM-7, whatever the character', () => {
    for (let code = 0; code <= 0x1ffff; code++) {
      const plain = toPlain(String.fromCodePoint(code));
      if (plain) expect({ code, encoding: countSegments(plain).encoding }).toEqual({ code, encoding: 'GSM-7' });
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (character) => {
        expect(countSegments(toPlain(character) ?? '').encoding).toBe('GSM-7');
      }),
    );
  });

  test('leaves every GSM-7 character as it is', () => {
    const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
    const gsm7 = characters.filter((character) => countSegments(character).encoding === 'GSM-7');
    expect(gsm7).toHaveLength(137);
    expect(gsm7.map(toPlain)).toEqual(gsm7);
  });
});

function pairs(characters: string, plain: string | null): [string, string | null][] {
  return [...characters].map((character) => [character, plain]);
}
