import type { CountedSegmentsDto } from '../api/generated/types.gen.ts';

/** How much a segment holds: alone, and as one of several. */
const ROOM = { 'GSM-7': [160, 153], 'UCS-2': [70, 67] } as const;

/** What still goes into the segments that a text has already. */
export function charactersLeft({
  encoding,
  segments,
  characters,
}: Pick<CountedSegmentsDto, 'encoding' | 'segments' | 'characters'>): number {
  const [alone, oneOfSeveral] = ROOM[encoding];
  return Math.max(0, (segments <= 1 ? alone : segments * oneOfSeveral) - characters);
}
