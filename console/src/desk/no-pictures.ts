import { useQuery } from '@tanstack/react-query';
import type { ContactDto, EntryPointDto } from '../api/generated/types.gen.ts';
import { allEntryPointsOptions } from '../api/all-entry-points.ts';
import { useAbout } from '../api/about.ts';

/** Why pictures cannot be sent to a contact, as the service will say; null when they can, or nobody knows. */
export function useNoPictures({ entryPointId, dnis }: ContactDto): 'mms' | 'publicUrl' | null {
  const { data: about } = useAbout();
  const { data: mms } = useQuery({
    ...allEntryPointsOptions,
    select: (all: EntryPointDto[]) =>
      all.find(({ id, phoneNumber }) => id === entryPointId && phoneNumber === dnis)?.mms ?? null,
  });
  if (mms === false) return 'mms';
  return about !== undefined && about.publicUrlProblem !== null ? 'publicUrl' : null;
}
