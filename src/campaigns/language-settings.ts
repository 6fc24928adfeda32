/** The notice and the keywords of a campaign in one of its languages. */
export interface LanguageSettings {
  /** One of the campaign's languages. */
  language: string;
  /** The template of the answer to customers who write outside opening hours; null for none. */
  outOfHoursNotice: string | null;
  stopWords: string[];
  startWords: string[];
  helpWords: string[];
}

export const WORD_LISTS = ['stopWords', 'startWords', 'helpWords'] as const;
export type WordList = (typeof WORD_LISTS)[number];

/**
 * The keywords that Twilio itself recognises. They match whole texts in any case.
 * https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
 */
export const TWILIO_WORDS: Record<WordList, readonly string[]> = {
  stopWords: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
  startWords: ['START', 'UNSTOP', 'YES'],
  helpWords: ['HELP', 'INFO'],
};

/** The template of the notice for a language or, if it has none, for the campaign's default language; null if neither has one. */
export function noticeFor(settings: LanguageSettings[], language: string, defaultLanguage: string): string | null {
  const noticeIn = (tag: string): string | null =>
    settings.find((each) => each.language === tag)?.outOfHoursNotice ?? null;
  return noticeIn(language) ?? noticeIn(defaultLanguage);
}
