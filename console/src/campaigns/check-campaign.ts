import type { TFunction } from 'i18next';
import { errorCodeOf } from '../api/problem.ts';
import type { OpenRangeDto } from '../api/generated/types.gen.ts';
import type { FieldErrors } from '../editing/field-errors.ts';
import { findUnknownPlaceholder } from '../sms-text/notice-template.ts';
import {
  type CampaignForm,
  type LanguageForm,
  MAX_NAME_LENGTH,
  TWILIO_WORDS,
  WORD_LISTS,
  type WordList,
} from './campaign-form.ts';

/** What is wrong with the form, in the order in which it is on the screen; the rest the service finds. */
export function checkCampaign(form: CampaignForm, t: TFunction): FieldErrors {
  const errors: FieldErrors = {};
  const length = [...form.name.trim()].length;
  if (length === 0) errors['name'] = t('editing:required');
  if (length > MAX_NAME_LENGTH) errors['name'] = t('editing:tooLong', { count: MAX_NAME_LENGTH });
  if (form.languages.length === 0) errors['languages'] = t('form.chooseLanguage');
  const { weekly = [], exceptions = [] } = form.openingHours ?? {};
  weekly.forEach((range, i) => {
    const ofDay = weekly.slice(0, i).filter(({ day }) => day === range.day);
    const problem = findRangeProblem(range, ofDay);
    if (problem !== null) errors[`openingHours.weekly.${i}`] = t(`hours.${problem}`);
  });
  exceptions.forEach(({ date, hours }, i) => {
    const isTwice = exceptions.findIndex((each) => each.date === date) < i;
    if (date === '') errors[`openingHours.exceptions.${i}.date`] = t('hours.chooseDate');
    else if (isTwice) errors[`openingHours.exceptions.${i}.date`] = t('hours.sameDate');
    hours.forEach((range, k) => {
      const problem = findRangeProblem(range, hours.slice(0, k));
      if (problem !== null) errors[`openingHours.exceptions.${i}.hours.${k}`] = t(`hours.${problem}`);
    });
  });
  form.languageSettings.forEach((settings, i) => {
    const placeholder = findUnknownPlaceholder(settings.outOfHoursNotice);
    if (placeholder !== null) {
      const message = t('sms-text:unknownPlaceholder', { placeholder, brace: '{{' });
      errors[`languageSettings.${i}.outOfHoursNotice`] = message;
    }
    for (const list of WORD_LISTS) {
      const word = settings[list].find((each) => isTaken(each, list, settings));
      if (word !== undefined) errors[`languageSettings.${i}.${list}`] = t('form.wordTaken', { word });
    }
  });
  return errors;
}

/** @param others ranges of the same day */
function findRangeProblem(range: OpenRangeDto, others: OpenRangeDto[]): 'bothTimes' | 'sameTime' | 'overlaps' | null {
  if (range.opens === '' || range.closes === '') return 'bothTimes';
  if (range.opens === range.closes) return 'sameTime';
  return others.some((other) => range.opens < endOf(other) && other.opens < endOf(range)) ? 'overlaps' : null;
}

/** Past every time of the day when it goes on over midnight. */
const endOf = ({ opens, closes }: OpenRangeDto): string => (closes > opens ? closes : '48:00');

/** Whether a word stands in another list too: of the campaign's, or of Twilio's. */
function isTaken(word: string, list: WordList, settings: LanguageForm): boolean {
  const inList = (words: string[]) => words.some((each) => each.toLowerCase() === word.trim().toLowerCase());
  return WORD_LISTS.some((other) => other !== list && (inList(settings[other]) || inList(TWILIO_WORDS[other])));
}

/**
 * What the service found wrong, at the fields that it is about.
 * @param text what it says as a whole
 * @param byField what it says of each field
 */
export function errorsFrom(error: unknown, text: string, byField: FieldErrors): FieldErrors {
  switch (errorCodeOf(error)) {
    case 'campaign_name_taken':
      return { name: text };
    case 'language_in_use':
      return { languages: text };
    default:
      return byField;
  }
}

/** The error at a path, or the first one below it. */
export const errorBelow = (errors: FieldErrors, path: string): string | undefined =>
  errors[path] ?? Object.entries(errors).find(([at]) => at.startsWith(`${path}.`))?.[1];
