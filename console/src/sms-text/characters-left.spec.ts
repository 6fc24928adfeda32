import { expect, test } from '@jest/globals';
import { charactersLeft } from './characters-left.ts';

test.each<[encoding: 'GSM-7' | 'UCS-2', segments: number, characters: number, left: number]>([
  ['GSM-7', 1, 1, 159],
  ['GSM-7', 1, 160, 0],
  ['GSM-7', 2, 161, 145],
  ['GSM-7', 2, 306, 0],
  ['GSM-7', 3, 307, 152],
  ['UCS-2', 1, 70, 0],
  ['UCS-2', 2, 71, 63],
  ['UCS-2', 3, 135, 66],
  ['GSM-7', 0, 0, 160],
  // A character of two units that does not fit begins a segment of its own.
  ['UCS-2', 2, 135, 0],
])('%s, %i segments, %i characters: %i left', (encoding, segments, characters, left) => {
  expect(charactersLeft({ encoding, segments, characters })).toBe(left);
});
