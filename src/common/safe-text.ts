/**
 * Text that PostgreSQL can hold: U+0000 becomes the visible ␀, lone surrogates become U+FFFD.
 * The bytes as received are kept beside it (`inbound_sms.raw`), so nothing is lost.
 */
export const toStorableText = (text: string): string => text.toWellFormed().replaceAll('\0', '␀');
