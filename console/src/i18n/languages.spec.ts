import { expect, test } from '@jest/globals';
import { chooseLanguage, type Language } from './languages.ts';

test.each<[stored: string | null, ofBrowser: string[], chosen: Language]>([
  [null, [], 'en'],
  [null, ['it-IT'], 'it'],
  [null, ['de-DE', 'it', 'en-US'], 'it'],
  [null, ['de-DE', 'fr'], 'en'],
  ['en', ['it-IT'], 'en'],
  ['it', ['en-US'], 'it'],
  // Of a version that spoke it, or of somebody who has written it there.
  ['fr', ['it-IT'], 'it'],
  ['', ['it-IT'], 'it'],
])('Chosen before: %j, the browser: %j', (stored, ofBrowser, chosen) => {
  expect(chooseLanguage(stored, ofBrowser)).toBe(chosen);
});
