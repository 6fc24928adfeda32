import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem.ts';

/** What went wrong, for a person: the service's own sentence, or that it cannot be reached. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation('ui');
  return (error) => {
    const problem = problemOf(error);
    if (problem === undefined) return t('unreachable');
    return problem.detail ?? t('failed', { status: problem.status });
  };
}
