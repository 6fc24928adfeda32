import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countSegments, SMS_LIMIT, smsLength } from './segments.js';

describe('countSegments', () => {
  // https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding and …/what-is-ucs-2-character-encoding
  test.each<[string, string, string, number, number]>([
    ['nothing', '', 'GSM-7', 1, 0],
    ['160 characters', 'x'.repeat(160), 'GSM-7', 1, 160],
    ['161 characters', 'x'.repeat(161), 'GSM-7', 2, 161],
    ['306 characters', 'x'.repeat(306), 'GSM-7', 2, 306],
    ['307 characters', 'x'.repeat(307), 'GSM-7', 3, 307],
    ['80 characters of the extension table', '€'.repeat(80), 'GSM-7', 1, 160],
    ['81 characters of the extension table', '€'.repeat(81), 'GSM-7', 2, 162],
    ['an escape pair at the edge of a segment', `${'x'.repeat(152)}€${'x'.repeat(152)}`, 'GSM-7', 3, 306],
    ['70 characters with one outside GSM-7', `${'x'.repeat(69)}’`, 'UCS-2', 1, 70],
    ['71 characters with one outside GSM-7', `${'x'.repeat(70)}’`, 'UCS-2', 2, 71],
    ['35 emoji', '👍'.repeat(35), 'UCS-2', 1, 35],
    ['36 emoji', '👍'.repeat(36), 'UCS-2', 2, 36],
    ['a family of five code points', '👩‍👩‍👧', 'UCS-2', 1, 1],
    ['line breaks of two characters', 'a\r\nb', 'GSM-7', 1, 4],
    ['the longest text that Twilio accepts', 'x'.repeat(SMS_LIMIT), 'GSM-7', 11, 1_600],
  ])('%s', (_, body, encoding, segments, characters) => {
    expect(countSegments(body)).toMatchObject({ encoding, segments, characters });
  });

  test('lists each character outside GSM-7 once, and gives the text with the replaceable ones replaced', () => {
    expect(countSegments('“It’s 5 o’clock” 👍🏽 – ok 👍🏽')).toEqual({
      encoding: 'UCS-2',
      segments: 1,
      characters: 25,
      unicodeCharacters: [
        { character: '“', codePoint: 'U+201C', replacement: '"' },
        { character: '’', codePoint: 'U+2019', replacement: "'" },
        { character: '”', codePoint: 'U+201D', replacement: '"' },
        { character: '👍🏽', codePoint: 'U+1F44D U+1F3FD', replacement: null },
        { character: '–', codePoint: 'U+2013', replacement: '-' },
      ],
      plainBody: '"It\'s 5 o\'clock" 👍🏽 - ok 👍🏽',
    });
  });

  test.each([
    ['a plain text', 'Hello', null],
    ['a text of emoji', '👍👍', null],
    ['a text with a character that can be dropped', 'a\u200bb', 'ab'],
  ])('%s has the plain text %j', (_, body, expected) => {
    expect(countSegments(body).plainBody).toBe(expected);
  });

  test('the plain text has nothing left to replace, and never costs more unless it is GSM-7', () => {
    const anyBody = fc.string({
      unit: fc.oneof(
        fc.constantFrom('’', '…', 'é', '\u00a0', 'a', '[', '👍', 'я'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 200,
    });
    fc.assert(
      fc.property(anyBody, (body) => {
        const counted = countSegments(body);
        expect(counted.unicodeCharacters.length > 0).toBe(counted.encoding === 'UCS-2');
        if (counted.plainBody === null) return;
        const plain = countSegments(counted.plainBody);
        expect(plain.plainBody).toBeNull();
        const isAllReplaceable = counted.unicodeCharacters.every(({ replacement }) => replacement !== null);
        if (isAllReplaceable) expect(plain.encoding).toBe('GSM-7');
      }),
    );
  });
});

test.each([
  ['', 0],
  ['é', 1],
  ['👍', 2],
  ['👩‍👩‍👧', 8],
])('smsLength of %s is %i', (body, expected) => expect(smsLength(body)).toBe(expected));
