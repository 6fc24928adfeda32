import type { TFunction } from 'i18next';
import { errorCodeOf } from '../api/problem.ts';
import type { FieldErrors } from '../editing/field-errors.ts';
import { findUnknownPlaceholder } from '../sms-text/notice-template.ts';
import {
  type EntryPointForm,
  MAX_NAME_LENGTH,
  MAX_AUTO_CLOSE_HOURS,
  MAX_REOPEN_MINUTES,
  nameLength,
} from './entry-point-form.ts';

/** What is wrong with the form, in the order in which it is on the screen. */
export function checkForm(form: EntryPointForm, t: TFunction): FieldErrors {
  const placeholder = findUnknownPlaceholder(form.greeting);
  const problems: [keyof EntryPointForm, string | false][] = [
    ['name', nameLength(form.name) === 0 && t('editing:required')],
    ['name', nameLength(form.name) > MAX_NAME_LENGTH && t('editing:tooLong', { count: MAX_NAME_LENGTH })],
    ['campaignId', form.campaignId === '' && t('editing:required')],
    ['language', form.language === '' && t('editing:required')],
    ['greeting', placeholder !== null && t('sms-text:unknownPlaceholder', { placeholder, brace: '{{' })],
    [
      'autoCloseHours',
      form.autoCloseHours !== null && !isWithin(form.autoCloseHours, 1, MAX_AUTO_CLOSE_HOURS) && t('editor.badHours'),
    ],
    ['reopenMinutes', !isWithin(form.reopenMinutes, 0, MAX_REOPEN_MINUTES) && t('editor.badMinutes')],
    ['phoneNumberSid', form.phoneNumberSid === '' && t('editor.chooseNumber')],
  ];
  return Object.fromEntries(
    problems.filter((problem): problem is [keyof EntryPointForm, string] => problem[1] !== false),
  );
}

/**
 * What the service found wrong, at the fields that it is about.
 * @param text what it says as a whole
 * @param byField what it says of each field
 */
export function errorsFrom(error: unknown, text: string, byField: FieldErrors): FieldErrors {
  switch (errorCodeOf(error)) {
    case 'entry_point_name_taken':
      return { name: text };
    case 'number_in_use':
      return { phoneNumberSid: text };
    default:
      return byField;
  }
}

const isWithin = (value: number | '', least: number, most: number): boolean =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
