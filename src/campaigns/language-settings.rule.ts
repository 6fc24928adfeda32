import { ValidateBy } from 'class-validator';
import { canonicalLanguage } from '../common/languages.js';
import { type LanguageSettings, TWILIO_WORDS, WORD_LISTS, type WordList } from './language-settings.js';

const MAX_WORDS = 20;
const MAX_WORD_LENGTH = 40;

/** Keywords that customers may text instead of Twilio's own. Only the first problem is reported. */
export const AreWords = (): PropertyDecorator =>
  ValidateBy({
    name: 'areWords',
    validator: {
      validate: (_, args) => findProblem(args?.object as LanguageSettings, args?.property as WordList) === null,
      defaultMessage: (args) => findProblem(args?.object as LanguageSettings, args?.property as WordList) ?? '',
    },
  });

function findProblem(settings: LanguageSettings, list: WordList): string | null {
  const words: unknown = settings[list];
  if (!isListOfTexts(words)) return 'must be a list of words; it may be empty';
  if (words.length > MAX_WORDS) return `must not have more than ${MAX_WORDS} items`;
  if (words.some((word) => word.length === 0 || word.length > MAX_WORD_LENGTH)) {
    return `must each be 1 to ${MAX_WORD_LENGTH} characters long`;
  }
  return words.map((word, i) => findClash(settings, list, word, i)).find((clash) => clash !== null) ?? null;
}

function findClash(settings: LanguageSettings, list: WordList, word: string, position: number): string | null {
  const isSame = (other: unknown): boolean => typeof other === 'string' && isSameWord(word, other, settings.language);
  const twilioList = WORD_LISTS.find((each) => TWILIO_WORDS[each].some(isSame));
  if (twilioList !== undefined && twilioList !== list) {
    return `has "${word}", which is one of Twilio's own ${twilioList}`;
  }
  if (settings[list].findIndex(isSame) < position) return `has "${word}" twice; upper and lower case do not differ`;
  const others = WORD_LISTS.slice(0, WORD_LISTS.indexOf(list));
  const other = others.find((each) => Array.isArray(settings[each]) && settings[each].some(isSame));
  return other === undefined ? null : `has "${word}", which is already one of the ${other}`;
}

const isListOfTexts = (words: unknown): words is string[] =>
  Array.isArray(words) && words.every((word) => typeof word === 'string');

/** Ignores case and Unicode form. It uses the rules of the language, since in Turkish İ, and not I, is the capital of i. */
function isSameWord(word: string, other: string, language: unknown): boolean {
  const locale = typeof language === 'string' ? canonicalLanguage(language) : null;
  const [one, two] = [word.normalize(), other.normalize()];
  const isSameIn = (tag: string): boolean => one.toLocaleLowerCase(tag) === two.toLocaleLowerCase(tag);
  return isSameIn('en') || isSameIn(locale ?? 'en');
}
