import { expect, test } from '@jest/globals';
import { canonicalLanguage, KNOWN_LANGUAGES, ownName } from './known-languages.ts';

test.each<[typed: string, tag: string | null]>([
  ['PT-br', 'pt-BR'],
  [' it ', 'it'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['yue', 'yue'],
  // A tag of before, by its name of today.
  ['iw', 'he'],
  ['', null],
  ['english', null],
  ['en_US', null],
  ['e', null],
  ['en-', null],
  ['12', null],
])('%j → %j', (typed, tag) => {
  expect(canonicalLanguage(typed)).toBe(tag);
});

test('The languages to choose from are in their canonical form, each once', () => {
  expect(KNOWN_LANGUAGES.length).toBeGreaterThan(50);
  expect(KNOWN_LANGUAGES.map(canonicalLanguage)).toEqual(KNOWN_LANGUAGES);
  expect(new Set(KNOWN_LANGUAGES).size).toBe(KNOWN_LANGUAGES.length);
});

test.each([
  ['it', 'italiano'],
  ['de-CH', 'Schweizer Hochdeutsch'],
])('%s is called %s where it is spoken', (tag, name) => {
  expect(ownName(tag)).toBe(name);
});
