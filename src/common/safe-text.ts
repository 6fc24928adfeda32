/**
 * Text that PostgreSQL can hold: U+0000 becomes the visible ␀, lone surrogates become U+FFFD.
 * The bytes as received are kept beside it (`inbound_sms.raw`), so nothing is lost.
 */
export const toStorableText = (text: string): string => text.toWellFormed().replaceAll('\0', '␀');

/** A JSON value with every text in it, names of fields too, made storable as above. */
export function toStorableJson<T>(value: T): T;
export function toStorableJson(value: unknown): unknown {
  if (typeof value === 'string') return toStorableText(value);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  if (Array.isArray(value)) return value.map(toStorableJson);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [toStorableText(name), toStorableJson(part)]));
}
