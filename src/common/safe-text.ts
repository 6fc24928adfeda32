/**
 * Text that PostgreSQL can hold: U+0000 becomes the visible ␀, lone surrogates become U+FFFD.
 * The bytes as received are kept beside it (`inbound_sms.raw`), so nothing is lost.
 */
export const toStorableText = (text: string): string => text.toWellFormed().replaceAll('\0', '␀');

/** A JSON value with every text in it, names of fields too, made storable as above. */
export const toStorableJson = <T>(value: T): T => withTexts(value, toStorableText) as T;

/** A JSON value whose texts can be written as UTF-8: what is left of a cut emoji, a lone surrogate, becomes U+FFFD. */
export const toWellFormedJson = <T>(value: T): T => withTexts(value, (text) => text.toWellFormed()) as T;

function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  if (Array.isArray(value)) return value.map((part) => withTexts(part, change));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [change(name), withTexts(part, change)]));
}
