import { SegmentedMessage } from 'sms-segments-calculator';
import { toPlain } from './plain-characters.js';

/** What Twilio takes as the body of one message, in UTF-16 units. */
export const SMS_LIMIT = 1_600;

/** The length that Twilio counts against its limit: UTF-16 units, so most emoji count two or more. */
export const smsLength = (body: string): number => body.length;

/** A character that no GSM-7 text can hold. */
export interface UnicodeCharacter {
  /** As people see it; an emoji may have several code points. */
  character: string;
  codePoint: string;
  /** Plain text in its place, empty when it can go; null when nothing says the same. */
  replacement: string | null;
}

/** What a text costs: Twilio charges by the segment. */
export interface Segments {
  /** One character outside GSM-7 makes the whole text UCS-2, of 70 characters a segment in place of 160. */
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  characters: number;
  /** Each once, in the order of the text. */
  unicodeCharacters: UnicodeCharacter[];
  /** The text with every replacement made; null when there is none to make. */
  plainBody: string | null;
}

/** Counts as Twilio does, with its own library. */
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
