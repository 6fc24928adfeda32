import { type LanguageSettings, TWILIO_WORDS, WORD_LISTS, type WordList } from '../campaigns/language-settings.js';
import type { OptOutType } from '../twilio-integration/inbound-sms.form.js';

/** What a text asks for when it is a keyword and nothing else. Twilio answers all three itself. */
export type Keyword = OptOutType;

/** The words that a campaign adds to Twilio's in one language. */
export type OwnWords = Pick<LanguageSettings, 'language' | WordList>;

/** How a text came to be a keyword. */
export interface FoundKeyword {
  keyword: Keyword;
  /** `opt_out_type`: Twilio said so. */
  source: 'keyword' | 'opt_out_type';
  /** The word as the list has it; null when Twilio took a word of its own list for one. */
  word: string | null;
}

type Match = Pick<FoundKeyword, 'keyword' | 'word'>;

const KEYWORD_OF: Record<WordList, Keyword> = { stopWords: 'STOP', startWords: 'START', helpWords: 'HELP' };

// In lower case: upper case would take ſtop and unsubscrıbe, which Twilio does not, for keywords.
const OF_TWILIO = new Map(
  WORD_LISTS.flatMap((list) =>
    TWILIO_WORDS[list].map((word): [string, Match] => [word.toLowerCase(), { keyword: KEYWORD_OF[list], word }]),
  ),
);

/**
 * Finds out whether a text is a keyword: the whole text, in any case. "Stop please" is none, for Twilio neither.
 * @param own the words of the campaign in the language of the entry point
 */
export function findKeyword(
  { body, optOutType }: { body: string; optOutType: OptOutType | null },
  own: OwnWords | null,
): FoundKeyword | null {
  const text = body.trim();
  const match = OF_TWILIO.get(text.toLowerCase()) ?? (own && findOwnWord(text, own));
  if (optOutType !== null) return { keyword: optOutType, source: 'opt_out_type', word: match?.word ?? null };
  return match && { ...match, source: 'keyword' };
}

function findOwnWord(text: string, own: OwnWords): Match | null {
  for (const list of WORD_LISTS) {
    const word = own[list].find((each) => isSameWord(text, each, own.language));
    if (word !== undefined) return { keyword: KEYWORD_OF[list], word };
  }
  return null;
}

/** Phones write é as one character or as two; and in Turkish İ, not I, is the capital of i. */
function isSameWord(text: string, word: string, language: string): boolean {
  const [one, other] = [text.normalize(), word.trim().normalize()];
  return (
    one.toLowerCase() === other.toLowerCase() || one.toLocaleLowerCase(language) === other.toLocaleLowerCase(language)
  );
}
