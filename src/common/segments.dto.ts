import type { Segments, UnicodeCharacter } from './segments.js';

/** A character that makes a whole text UCS-2. */
export class UnicodeCharacterDto implements UnicodeCharacter {
  /** As people see it; an emoji may have several code points. @example "–" */
  character: string;

  /** Its code point, or its code points with blanks between them. @example "U+2013" */
  codePoint: string;

  /** Plain text in its place, empty when it can just go; null when nothing says the same, as for emoji. @example "-" */
  replacement: string | null;
}

/** What a text costs: Twilio charges by the segment. */
export class SegmentsDto implements Segments {
  /** One character outside GSM-7 makes the whole text UCS-2: 70 characters in a segment in place of 160. */
  encoding: 'GSM-7' | 'UCS-2';

  /** How many segments it is sent in. @example 1 */
  segments: number;

  /** How many characters Twilio counts; in GSM-7 those of `[ ] { } | ~ ^ \ €` count two. @example 9 */
  characters: number;

  /** The characters outside GSM-7, each once. */
  unicodeCharacters: UnicodeCharacterDto[];

  /** The text with every replacement made; null when there is none to make. @example "Mon - Fri" */
  plainBody: string | null;
}
