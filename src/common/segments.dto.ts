import type { Segments, UnicodeCharacter } from './segments.js';

/** A character that forces a whole text into UCS-2. */
export class UnicodeCharacterDto implements UnicodeCharacter {
  /** The character as people see it; an emoji may have several code points. @example "–" */
  character: string;

  /** The code point, or the code points separated by blanks. @example "U+2013" */
  codePoint: string;

  /** Plain text that can replace it, empty if it can be dropped; null if nothing has its meaning, as for emoji. @example "-" */
  replacement: string | null;
}

/** The segments in which a text is sent. Twilio charges for each segment. */
export class SegmentsDto implements Segments {
  /** One character outside GSM-7 makes the whole text UCS-2, with 70 instead of 160 characters in a segment. */
  encoding: 'GSM-7' | 'UCS-2';

  /** The number of segments in which the text is sent. @example 1 */
  segments: number;

  /** The number of characters that Twilio counts. In GSM-7 each of `[ ] { } | ~ ^ \ €` counts as two. @example 9 */
  characters: number;

  /** The characters outside GSM-7, each listed once. */
  unicodeCharacters: UnicodeCharacterDto[];

  /** The text with all replacements made; null if no character has a replacement. @example "Mon - Fri" */
  plainBody: string | null;
}
