import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SHAPE = /^Bearer sik_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

export interface NewApiKey {
  keyId: string;
  secretHash: Buffer;
  /** The whole key, `sik_<id>_<secret>`. It is shown once and never stored. */
  key: string;
}

export function makeApiKey(): NewApiKey {
  // 252 is the largest multiple of 36 in a byte. Dropping the bytes from there on makes all letters equally likely.
  const letters = [...randomBytes(64)].filter((byte) => byte < 252).map((byte) => ALPHABET[byte % 36]);
  const keyId = letters.slice(0, 12).join('');
  const secret = randomBytes(32).toString('base64url');
  return { keyId, secretHash: hashSecret(secret), key: `sik_${keyId}_${secret}` };
}

/** The parts of the API key in an `Authorization` header; null when there is none. */
export function parseAuthorization(header: string | undefined): { keyId: string; secret: string } | null {
  const [, keyId, secret] = SHAPE.exec(header ?? '') ?? [];
  return keyId === undefined || secret === undefined ? null : { keyId, secret };
}

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const matchesHash = (secret: string, hash: Buffer): boolean => timingSafeEqual(hashSecret(secret), hash);
