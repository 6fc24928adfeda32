import { useQuery } from '@tanstack/react-query';
import { entryPointTrafficListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { EntryPointTrafficDto } from '../api/generated/types.gen.ts';

/** What came since midnight, on this person's clock, and what waits now; by entry point. */
export function useTrafficToday(): Map<string, EntryPointTrafficDto> | undefined {
  return useQuery({
    ...entryPointTrafficListOptions({ query: { since: startOfToday() } }),
    select: ({ data }) => new Map(data.map((traffic) => [traffic.entryPointId, traffic])),
  }).data;
}

function startOfToday(): string {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  return midnight.toISOString();
}
