import { describe, expect, test } from '@jest/globals';
import { canonicalLanguage } from './languages.js';

describe('canonicalLanguage', () => {
  test.each([
    ['en', 'en'],
    ['EN-us', 'en-US'],
    ['pt-br', 'pt-BR'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['es-419', 'es-419'],
    ['english', null],
    ['xx', null],
    ['en_US', null],
    ['', null],
    ['en-US; DROP TABLE', null],
  ])('%j → %j', (tag, expected) => {
    expect(canonicalLanguage(tag)).toBe(expected);
  });
});
