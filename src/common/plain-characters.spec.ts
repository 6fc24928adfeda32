import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toPlain } from './plain-characters.js';
import { countSegments } from './segments.js';

describe('toPlain', () => {
  test.each<[string, Record<string, string | null>]>([
    ['quotes', { '’': "'", '‘': "'", '“': '"', '”': '"', '„': '"', '‚': "'", '«': '"', '»': '"', '`': "'", '´': "'", '′': "'" }],
    ['dashes', { '–': '-', '—': '-', '‑': '-', '−': '-', '―': '-' }],
    ['ellipses', { '…': '...', '‥': '..' }],
    ['blanks', { '\u00a0': ' ', '\u202f': ' ', '\u2003': ' ', '\u3000': ' ', '\t': ' ', '\u2028': '\n' }],
    ['what has no glyph', { '\u200b': '', '\ufeff': '', '\u00ad': '', '\u200e': '', 'a\u200d': 'a' }],
    ['bullets', { '•': '-', '‣': '-', '·': '.' }],
    ['ligatures', { ﬁ: 'fi', ﬄ: 'ffl', œ: 'oe', Œ: 'OE', ĳ: 'ij' }],
    ['full width', { Ａ: 'A', '１': '1', '！': '!', '｛': '{', '：': ':' }],
    ['styled letters', { 𝓗: 'H', '①': '1', ㎏: 'kg', '№': 'No' }],
    ['accents', { ç: 'c', á: 'a', ê: 'e', ő: 'o', Ż: 'Z', ł: 'l', đ: 'd', ẞ: 'SS', ế: 'e', Ώ: 'Ω' }],
    ['letters in two parts', { 'e\u0301': 'é', 'c\u0327': 'c', 'a\u0323\u0302': 'a' }],
    ['signs', { '×': 'x', '÷': '/', '≤': '<=', '→': '->', '©': '(c)', '™': 'TM', 'µ': 'u' }],
    ['what could change its meaning', { '≠': null, '½': ' 1/2', '²': '^2', '₂': '2', '°': null, '¨': null }],
    ['emoji', { '👍': null, '👍🏽': null, '👩‍👩‍👧': null, '🇮🇹': null, '1️⃣': null, '❤️': null, '™️': null, 'Ⓜ️': null }],
    ['other scripts', { я: null, й: null, α: null, が: null, 한: null, ש: null, 中: null }],
    ['what is no character', { '\ud800': null, '\ufffd': null, '␀': null, '\u0301': null }],
  ])('%s', (_, expected) => {
    const actual = Object.keys(expected).map((character) => [character, toPlain(character)]);
    expect(Object.fromEntries(actual)).toEqual(expected);
  });

  test('gives nothing but GSM-7, whatever the character', () => {
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
    for (let code = 0; code <= 0xffff; code++) {
      const character = String.fromCharCode(code);
      if (countSegments(character).encoding === 'GSM-7') expect(toPlain(character)).toBe(character);
    }
  });
});
