import type { TFunction } from 'i18next';
import { errorCodeOf, fieldErrorsOf, problemOf } from '../api/problem.ts';
import type { FieldErrors } from '../editing/field-errors.ts';
import { findUnknownPlaceholder } from '../sms-text/notice-template.ts';
import { type CampaignForm, LONGEST_NAME } from './campaign-form.ts';

/** What is wrong with the form, in the order in which it is on the screen; the rest the service finds. */
export function checkCampaign(form: CampaignForm, t: TFunction): FieldErrors {
  const errors: FieldErrors = {};
  const length = [...form.name.trim()].length;
  if (length === 0) errors['name'] = t('editing:required');
  if (length > LONGEST_NAME) errors['name'] = t('editing:tooLong', { count: LONGEST_NAME });
  if (form.languages.length === 0) errors['languages'] = t('form.chooseLanguage');
  form.openingHours?.weekly.forEach(({ opens, closes }, i) => {
    if (opens === '' || closes === '') errors[`openingHours.weekly.${i}`] = t('hours.bothTimes');
  });
  form.openingHours?.exceptions?.forEach(({ date, hours }, i) => {
    if (date === '') errors[`openingHours.exceptions.${i}.date`] = t('hours.chooseDate');
    else if (hours.some(({ opens, closes }) => opens === '' || closes === '')) {
      errors[`openingHours.exceptions.${i}.hours`] = t('hours.bothTimes');
    }
  });
  form.languageSettings.forEach(({ outOfHoursNotice }, i) => {
    const placeholder = findUnknownPlaceholder(outOfHoursNotice);
    if (placeholder === null) return;
    errors[`languageSettings.${i}.outOfHoursNotice`] = t('sms-text:unknownPlaceholder', { placeholder, brace: '{{' });
  });
  return errors;
}

/** What the service found wrong, at the fields that it is about. */
export function errorsFrom(error: unknown): FieldErrors {
  const detail = problemOf(error)?.detail ?? '';
  switch (errorCodeOf(error)) {
    case 'campaign_name_taken':
      return { name: detail };
    case 'language_in_use':
      return { languages: detail };
    default:
      return fieldErrorsOf(error);
  }
}

/** The error at a path, or the first one below it. */
export const errorBelow = (errors: FieldErrors, path: string): string | undefined =>
  errors[path] ?? Object.entries(errors).find(([at]) => at.startsWith(`${path}.`))?.[1];
