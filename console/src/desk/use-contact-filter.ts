import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ContactFilter, filterOf } from './contact-filter.ts';

/** The filter of the URL, and how to change it. */
export function useContactFilter() {
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (changes: Partial<ContactFilter>): void =>
    void navigate({
      to: '.',
      replace: true,
      search: (before: Record<string, string | undefined>) => ({ ...before, ...changes }),
    });
  return { filter: filterOf(search), change };
}
