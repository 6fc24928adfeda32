import { isUtf8 } from 'node:buffer';

const UNKNOWN = 'application/octet-stream';

/** Types received by MMS, with their file name extensions. */
const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'audio/mpeg': 'mp3',
  'audio/amr': 'amr',
  'audio/ogg': 'ogg',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'application/pdf': 'pdf',
  'text/vcard': 'vcf',
  'text/plain': 'txt',
};

/** Pictures that a browser may show in place. Not SVG: it can carry scripts. */
const SHOWN = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);

/** Downloads that keep their type. All others are served as plain bytes, so that no browser renders them as a page. */
const NAMED = new Set(['audio/mpeg', 'video/mp4', 'application/pdf', 'text/plain']);

/** Text types, which cannot be detected from the bytes. */
const TEXT_TYPES = new Set(['text/plain', 'text/vcard', 'text/x-vcard', 'text/directory', 'text/calendar']);

/** Types that agents may send: phones can show them and browsers may receive them. */
export const SENDABLE_TYPES = [...SHOWN, 'application/pdf', 'video/mp4', 'audio/mpeg'];

export const isSendable = (type: string): boolean => SENDABLE_TYPES.includes(type);

/**
 * Detects the type from the bytes, whatever Twilio declared.
 * @param named the type declared by Twilio, used only for text types
 */
export async function detectType(bytes: Uint8Array, named: string): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(bytes);
  if (found !== undefined) return found.mime;
  const [type = ''] = named.toLowerCase().split(';');
  return TEXT_TYPES.has(type.trim()) && isText(bytes) ? 'text/plain' : UNKNOWN;
}

/** The type for a file name extension. */
export function typeOfName(name: string): string {
  const end = name.toLowerCase().replace(/\.jpeg$/, '.jpg');
  return Object.entries(EXTENSIONS).find(([, extension]) => end.endsWith(`.${extension}`))?.[0] ?? UNKNOWN;
}

/** The headers that make untrusted bytes safe to serve to a browser. */
export const safeHeaders = (id: string, type: string): Record<string, string> => ({
  'Content-Type': SHOWN.has(type) || NAMED.has(type) ? type : UNKNOWN,
  'Content-Disposition': SHOWN.has(type) ? 'inline' : `attachment; filename="${id}.${EXTENSIONS[type] ?? 'bin'}"`,
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
});

/** Whether the bytes are UTF-8 without control characters other than line breaks and tabs. */
const isText = (bytes: Uint8Array): boolean =>
  isUtf8(bytes) && !bytes.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20));
