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
