import { useQuery } from '@tanstack/react-query';
import type { EntryPointDto } from '../api/generated/types.gen.ts';
import { allEntryPointsOptions } from '../api/all-entry-points.ts';

const toNames = (all: EntryPointDto[]): Map<string, string> => new Map(all.map(({ id, name }) => [id, name]));

/** Entry points by what people call them; undefined for one that was deleted. */
export function useEntryPointName(): (id: string) => string | undefined {
  const { data: names } = useQuery({ ...allEntryPointsOptions, select: toNames });
  return (id) => names?.get(id);
}
