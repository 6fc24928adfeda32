/**
 * Text that PostgreSQL can store: U+0000 becomes the visible ␀, and lone surrogates become U+FFFD. Nothing is lost, since
 * `inbound_sms.raw` keeps the bytes as they were received.
 */
export const toStorableText = (text: string): string => text.toWellFormed().replaceAll('\0', '␀');

/** Applies `toStorableText` to every text in a JSON value, including the names of fields. */
export const toStorableJson = <T>(value: T): T => withTexts(value, toStorableText) as T;

/** Replaces every lone surrogate in a JSON value, such as half of an emoji, by U+FFFD, because UTF-8 cannot encode it. */
export const toWellFormedJson = <T>(value: T): T => withTexts(value, (text) => text.toWellFormed()) as T;

function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  if (Array.isArray(value)) return value.map((part) => withTexts(part, change));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [change(name), withTexts(part, change)]));
}
