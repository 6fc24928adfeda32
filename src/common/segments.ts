import { SegmentedMessage } from 'sms-segments-calculator';
import { toPlain } from './plain-characters.js';

/** The longest body of one message that Twilio accepts, in UTF-16 units. */
export const SMS_LIMIT = 1_600;

/** The length that Twilio counts against its limit. It counts UTF-16 units, so that most emoji count as two or more. */
export const smsLength = (body: string): number => body.length;

/** A character outside the GSM-7 alphabet. */
export interface UnicodeCharacter {
  /** The grapheme; an emoji may have several code points. */
  character: string;
  codePoint: string;
  /** Plain text that can replace it, empty if it can be dropped; null if nothing has its meaning. */
  replacement: string | null;
}

/** The segments in which a text is sent. Twilio charges for each segment. */
export interface Segments {
  /** One character outside GSM-7 makes the whole text UCS-2, with 70 instead of 160 characters in a segment. */
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  characters: number;
  /** Each once, in the order of the text. */
  unicodeCharacters: UnicodeCharacter[];
  /** The text with all replacements made; null if no character has a replacement. */
  plainBody: string | null;
}

/** Counts as Twilio does, by means of Twilio's own library. */
export function countSegments(body: string): Segments {
  const message = new SegmentedMessage(body);
  const replacements = new Map(
    message.getNonGsmCharacters().map((character) => [character, null as string | null] as const),
  );
  for (const character of replacements.keys()) replacements.set(character, toPlain(character));
  return {
    encoding: message.encodingName,
    segments: message.segmentsCount,
    characters: message.numberOfCharacters,
    unicodeCharacters: [...replacements].map(([character, replacement]) => ({
      character,
      codePoint: [...character].map(toCodePoint).join(' '),
      replacement,
    })),
    plainBody: replaceAll(message.graphemes, replacements),
  };
}

function replaceAll(characters: string[], replacements: Map<string, string | null>): string | null {
  const isReplaceable = [...replacements.values()].some((replacement) => replacement !== null);
  if (!isReplaceable) return null;
  return characters.map((character) => replacements.get(character) ?? character).join('');
}

const toCodePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
