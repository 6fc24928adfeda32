/** The GSM-7 alphabet with its extension table: 3GPP TS 23.038, 6.2.1. */
const GSM7 = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§' +
    '¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€',
);

/** Plain text and the characters that it replaces. Those that Unicode itself decomposes (`ﬁ`, `Ａ`, `…`) need no entry. */
const PLAIN: [string, string][] = [
  ["'", '‘’‚‛′‵‹›ʹʻʼʽˈˊˋ´`❛❜'],
  ['"', '“”„‟″‶«»ʺˮ❝❞〝〞〟'],
  ['-', '‐‑‒–—―−⁃•‣◦●○▪■‧∙'],
  ['.', '·。｡'],
  [',', '、､'],
  ['/', '÷∕⁄⧸'],
  ['\\', '∖⧵⧹'],
  ['|', '∣¦'],
  ['*', '∗⁎✱✻'],
  ['~', '∼˜〜'],
  ['^', 'ˆ'],
  [':', '∶ː'],
  ['x', '×'],
  ['u', 'µ'],
  ['->', '→'],
  ['<-', '←'],
  ['=>', '⇒'],
  ['<=', '≤'],
  ['>=', '≥'],
  ['(c)', '©'],
  ['(R)', '®'],
  ['TM', '™'],
  ['\n', '\u0085\u2028\u2029'],
  [' ', '\t'],
  // Characters without a glyph.
  ['', '\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\ufe0e\ufe0f'],
  ['l', 'ł'],
  ['L', 'Ł'],
  ['d', 'đð'],
  ['D', 'ĐÐ'],
  ['h', 'ħ'],
  ['H', 'Ħ'],
  ['t', 'ŧ'],
  ['T', 'Ŧ'],
  ['i', 'ı'],
  ['oe', 'œ'],
  ['OE', 'Œ'],
  ['th', 'þ'],
  ['Th', 'Þ'],
  ['SS', 'ẞ'],
];

const REPLACEMENTS = new Map(PLAIN.flatMap(([plain, characters]) => [...characters].map((each) => [each, plain])));
// A blank keeps 1½ from becoming 11/2, and a ^ keeps 10² from becoming 102.
for (const each of '¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞') REPLACEMENTS.set(each, ` ${decompose(each).replace('⁄', '/')}`);
for (const each of '⁰¹²³⁴⁵⁶⁷⁸⁹') REPLACEMENTS.set(each, `^${decompose(each)}`);

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|[\ufe0f\u20e3]/u;

/**
 * GSM-7 text with the meaning of a character; empty for a character without a glyph. Null when there is no such text, as
 * for emoji and other scripts.
 * @param character a grapheme, with the marks and joiners that belong to it
 */
export function toPlain(character: string): string | null {
  const composed = character.normalize('NFC');
  if (GSM7.has(composed)) return composed;
  const known = REPLACEMENTS.get(composed);
  if (known !== undefined) return known;
  return EMOJI.test(composed) ? null : toBaseCharacters(composed);
}

/** Drops accents, and turns ligatures, full-width letters and styled letters into ordinary letters. */
function toBaseCharacters(character: string): string | null {
  let plain = '';
  for (const part of decompose(character)) {
    const known = GSM7.has(part) ? part : REPLACEMENTS.get(part);
    // A mark on a letter is an accent, but a mark on a sign may reverse its meaning, as in ≠.
    const isAccent = /\p{M}/u.test(part) && /\p{L}$/u.test(plain);
    if (known === undefined && !isAccent) return null;
    plain += known ?? '';
  }
  // An accent that stands alone decomposes into a blank and a mark.
  return plain.trim() === '' && !/^\p{Z}+$/u.test(character) ? null : plain;
}

function decompose(character: string): string {
  return character.normalize('NFKD');
}
