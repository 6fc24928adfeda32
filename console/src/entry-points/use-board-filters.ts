import { useNavigate, useSearch } from '@tanstack/react-router';
import type { BoardFilters } from './board-filters.ts';

/** The filters of the URL, and how to change them. */
export function useBoardFilters() {
  const { q, campaignId, language, state, webhook } = useSearch({ strict: false }) as BoardFilters;
  const navigate = useNavigate();
  const filters: BoardFilters = { q, campaignId, language, state, webhook };
  return {
    filters,
    isFiltered: Object.values(filters).some((value) => value !== undefined),
    setFilters: (changes: BoardFilters) => {
      const search = Object.entries({ ...filters, ...changes }).filter(([, value]) => value !== undefined);
      void navigate({ to: '/entry-points', search: Object.fromEntries(search), replace: true });
    },
    clear: () => void navigate({ to: '/entry-points', search: {}, replace: true }),
  };
}
