import { describe, expect, test } from '@jest/globals';
import { formatsOf } from './formats.ts';

const en = formatsOf('en');
const it = formatsOf('it');
const NOW = Date.parse('2026-09-23T12:00:00Z');
const ago = (seconds: number): Date => new Date(NOW - seconds * 1_000);

describe('How long ago something was', () => {
  test.each([
    [0, 'now'],
    [1, '1 second ago'],
    [59, '59 seconds ago'],
    [60, '1 minute ago'],
    [89, '1 minute ago'],
    [91, '2 minutes ago'],
    [3_599, '60 minutes ago'],
    [3_600, '1 hour ago'],
    [86_399, '24 hours ago'],
    [86_400, 'yesterday'],
    [3 * 86_400, '3 days ago'],
    // The clock of this computer is behind that of the service.
    [-40, 'in 40 seconds'],
  ])('%i s: %s', (seconds, text) => {
    expect(en.ago(ago(seconds), NOW)).toBe(text);
    expect(en.ago(ago(seconds).toISOString(), NOW)).toBe(text);
  });

  test('in Italian', () => {
    expect(it.ago(ago(86_400), NOW)).toBe('ieri');
  });
});

describe('How big a file is', () => {
  test.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1_000, '1 kB'],
    [1_499, '1 kB'],
    [999_999, '1,000 kB'],
    [1_000_000, '1 MB'],
    [5_242_880, '5.2 MB'],
    [2_500_000_000, '2,500 MB'],
  ])('%i bytes: %s', (bytes, text) => {
    expect(en.bytes(bytes)).toBe(text);
  });

  test('in Italian', () => {
    expect(it.bytes(5_242_880)).toBe('5,2 MB');
  });
});

describe('What languages are called', () => {
  test.each([
    ['en-US', 'English (US)', 'inglese (USA)'],
    ['it', 'Italian', 'italiano'],
    ['zh-Hant-TW', 'Chinese (Traditional, Taiwan)', 'cinese (tradizionale, Taiwan)'],
    // Well-formed, and nobody has a name for it.
    ['xzz', 'xzz', 'xzz'],
  ])('%s', (tag, english, italian) => {
    expect(en.languageName(tag)).toBe(english);
    expect(it.languageName(tag)).toBe(italian);
  });
});

test('Numbers are grouped as the language does it', () => {
  expect(en.number(1_234_567.5)).toBe('1,234,567.5');
  expect(it.number(1_234_567.5)).toBe('1.234.567,5');
});
