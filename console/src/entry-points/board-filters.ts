import { useNavigate, useSearch } from '@tanstack/react-router';
import type { EntryPointDto } from '../api/generated/types.gen.ts';

/** What the board is narrowed to. It is in the URL, so that a view can be kept or passed on. */
export interface BoardFilters {
  q?: string;
  campaignId?: string;
  language?: string;
  state?: string;
  /** A state of the webhook, or `not-ok` for all but `set`: the admin's list of things to do. */
  webhook?: string;
}

export const NOT_OK = 'not-ok';

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

export function filterEntryPoints(entryPoints: EntryPointDto[], filters: BoardFilters): EntryPointDto[] {
  const text = filters.q?.trim().toLowerCase() ?? '';
  const digits = text.replaceAll(/[\s()+-]/g, '');
  return entryPoints.filter(
    ({ name, phoneNumber, campaignId, language, state, webhook }) =>
      (name.toLowerCase().includes(text) || (/^\d+$/.test(digits) && phoneNumber.includes(digits))) &&
      isWanted(filters.campaignId, campaignId) &&
      isWanted(filters.language, language) &&
      isWanted(filters.state, state) &&
      (filters.webhook === NOT_OK ? webhook.state !== 'set' : isWanted(filters.webhook, webhook.state)),
  );
}

const isWanted = (wanted: string | undefined, value: string): boolean => wanted === undefined || wanted === value;
