import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';

// About 200 ms and 32 MiB for each guess, the least that ASVS 5.0 approves (Appendix C).
const COST = { N: 2 ** 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

export const PASSWORD_LENGTH = { min: 12, max: 200 };

/** A password that nobody can guess, for those that are shown once: 144 random bits. */
export const makePassword = (): string => randomBytes(18).toString('base64url');

/** @returns `scrypt$N$r$p$salt$hash`, salt and hash in base64url */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return toText(COST, salt, await derive(password, salt, COST));
}

/** @param stored null when there is no such user: that takes as long, and is always false */
export async function matchesPassword(password: string, stored: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = (stored ?? NOBODYS).split('$');
  const expected = Buffer.from(hash, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(derived, expected) && stored !== null;
}

const toText = ({ N, r, p }: typeof COST, salt: Buffer, hash: Buffer): string =>
  ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');

const NOBODYS = toText(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  // Twice what these parameters need (128 · N · r): Node's own limit is just below it.
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    // One character has one form, whatever keyboard it was typed on.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}
