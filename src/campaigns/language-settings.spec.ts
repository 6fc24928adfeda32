import { describe, expect, test } from '@jest/globals';
import { type LanguageSettings, noticeFor } from './language-settings.js';

const settingsOf = (language: string, outOfHoursNotice: string | null): LanguageSettings => ({
  language,
  outOfHoursNotice,
  stopWords: [],
  startWords: [],
  helpWords: [],
});

describe('noticeFor', () => {
  const settings = [settingsOf('en', 'Closed'), settingsOf('it', 'Chiuso'), settingsOf('pt', null)];

  test.each([
    ['the notice of the language itself', 'it', 'en', 'Chiuso'],
    ['the notice of the default language for a language without a notice', 'pt', 'en', 'Closed'],
    ['the notice of the default language for a language without settings', 'fr', 'it', 'Chiuso'],
    ['none if the default language has none either', 'fr', 'pt', null],
  ])('gives %s', (_, language, defaultLanguage, expected) => {
    expect(noticeFor(settings, language, defaultLanguage)).toBe(expected);
  });

  test('gives none without any settings', () => expect(noticeFor([], 'en', 'en')).toBeNull());
});
