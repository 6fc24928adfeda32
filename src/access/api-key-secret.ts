import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SHAPE = /^Bearer sik_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

export interface NewApiKey {
  keyId: string;
  secretHash: Buffer;
  /** The whole key, `sik_<id>_<secret>`; shown once, kept nowhere. */
  key: string;
}

export function makeApiKey(): NewApiKey {
  // 252 is the largest multiple of 36 in a byte: without the rest every letter is equally likely.
  const letters = [...randomBytes(64)].filter((byte) => byte < 252).map((byte) => ALPHABET[byte % 36]);
  const keyId = letters.slice(0, 12).join('');
  const secret = randomBytes(32).toString('base64url');
  return { keyId, secretHash: hashSecret(secret), key: `sik_${keyId}_${secret}` };
}

/** The two parts of an `Authorization` header; null when it does not hold an API key. */
export function parseAuthorization(header: string | undefined): { keyId: string; secret: string } | null {
  const [, keyId, secret] = SHAPE.exec(header ?? '') ?? [];
  return keyId === undefined || secret === undefined ? null : { keyId, secret };
}

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const matchesHash = (secret: string, hash: Buffer): boolean => timingSafeEqual(hashSecret(secret), hash);
