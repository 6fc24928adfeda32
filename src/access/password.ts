import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';

// Each guess costs about 200 ms and 32 MiB, which is the minimum that ASVS 5.0 approves (Appendix C).
const COST = { N: 2 ** 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

export const PASSWORD_LENGTH = { min: 12, max: 200 };

/** Generates a password of 144 random bits, which is only shown once. */
export const makePassword = (): string => randomBytes(18).toString('base64url');

/** @returns `scrypt$N$r$p$salt$hash`, salt and hash in base64url */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return toText(COST, salt, await derive(password, salt, COST));
}

/** @param stored null when there is no such user; then the result is false, after the same time as for a user */
export async function matchesPassword(password: string, stored: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = (stored ?? DUMMY_HASH).split('$');
  const expected = Buffer.from(hash, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(derived, expected) && stored !== null;
}

const toText = ({ N, r, p }: typeof COST, salt: Buffer, hash: Buffer): string =>
  ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');

const DUMMY_HASH = toText(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  // Twice what these parameters need (128 · N · r), because Node's default limit is just below that.
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    // Keyboards produce different Unicode forms of the same character.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}
