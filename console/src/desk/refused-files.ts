/** What phones show and the service takes. */
export const SENDABLE_TYPES = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'application/pdf',
  'video/mp4',
  'audio/mpeg',
];
/** So many go with one message. */
export const MAX_MEDIA = 10;

/** Why a file is not even uploaded. */
export type Refusal = 'type' | 'size' | 'count';

/** What is wrong with each of the files that somebody attaches; those that are refused take no place. */
export function refusalsOf(
  files: Pick<File, 'type' | 'size'>[],
  { taken, maxBytes }: { taken: number; maxBytes: number },
): (Refusal | null)[] {
  let room = MAX_MEDIA - taken;
  return files.map((file) => findRefusal(file, maxBytes) ?? (room-- > 0 ? null : 'count'));
}

function findRefusal({ type, size }: Pick<File, 'type' | 'size'>, maxBytes: number): Refusal | null {
  // Without a type nobody knows: the service looks at the bytes.
  if (type !== '' && !SENDABLE_TYPES.includes(type)) return 'type';
  return size > maxBytes ? 'size' : null;
}
