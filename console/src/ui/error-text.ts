import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem.ts';
import { useServiceText } from '../service-texts/service-text.ts';

/** What went wrong, for a person: what the service says of it, or that it cannot be reached. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation('ui');
  const say = useServiceText();
  const fieldTexts = useFieldTexts();
  return (error) => {
    const problem = problemOf(error);
    if (problem === undefined) return t('unreachable');
    const { errorCode, params, detail = t('failed', { status: problem.status }), errors = [] } = problem;
    if (errors.some(({ code, params }) => say(`fields.${code}`, params) === undefined)) return detail;
    if (errors.length === 0) return say(`problems.${errorCode}`, params) ?? detail;
    return Object.entries(fieldTexts(error))
      .map((field) => field.join(': '))
      .join(' ');
  };
}

/** What is wrong, by field. */
export function useFieldTexts(): (error: unknown) => Record<string, string> {
  const say = useServiceText();
  return (error) =>
    Object.fromEntries(
      (problemOf(error)?.errors ?? []).map(({ field, message, code, params }) => [
        field,
        say(`fields.${code}`, params) ?? message,
      ]),
    );
}
