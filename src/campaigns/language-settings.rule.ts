import { ValidateBy } from 'class-validator';
import { canonicalLanguage } from '../common/languages.js';
import { type LanguageSettings, TWILIO_WORDS, WORD_LISTS, type WordList } from './language-settings.js';

const MAX_WORDS = 20;
const MAX_WORD_LENGTH = 40;

/** Words that people may text in place of Twilio's own; the first thing wrong with them decides. */
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
  if (words.length > MAX_WORDS) return `must not be more than ${MAX_WORDS}`;
  if (words.some((word) => word.length === 0 || word.length > MAX_WORD_LENGTH)) {
    return `must each be 1 to ${MAX_WORD_LENGTH} characters long`;
  }
  return words.map((word, i) => findClash(settings, list, word, i)).find((clash) => clash !== null) ?? null;
}

function findClash(settings: LanguageSettings, list: WordList, word: string, position: number): string | null {
  const isSame = (other: unknown): boolean => typeof other === 'string' && isSameWord(word, other, settings.language);
  const twilios = WORD_LISTS.find((each) => TWILIO_WORDS[each].some(isSame));
  if (twilios !== undefined && twilios !== list) return `has "${word}", which Twilio takes for one of the ${twilios}`;
  if (settings[list].findIndex(isSame) < position) return `has "${word}" twice; upper and lower case are the same`;
  const others = WORD_LISTS.slice(0, WORD_LISTS.indexOf(list));
  const other = others.find((each) => Array.isArray(settings[each]) && settings[each].some(isSame));
  return other === undefined ? null : `has "${word}", which is one of the ${other} already`;
}

const isListOfTexts = (words: unknown): words is string[] =>
  Array.isArray(words) && words.every((word) => typeof word === 'string');

/** In any case and either spelling of é; and in Turkish İ, not I, is the capital of i. */
function isSameWord(word: string, other: string, language: unknown): boolean {
  const locale = typeof language === 'string' ? canonicalLanguage(language) : null;
  const [one, two] = [word.normalize(), other.normalize()];
  const isSameIn = (tag: string): boolean => one.toLocaleLowerCase(tag) === two.toLocaleLowerCase(tag);
  return isSameIn('en') || isSameIn(locale ?? 'en');
}
