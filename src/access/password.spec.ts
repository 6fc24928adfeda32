import { describe, expect, test } from '@jest/globals';
import { hashPassword, makePassword, matchesPassword, PASSWORD_LENGTH } from './password.js';

describe('Passwords', () => {
  test('a hash contains its cost, is never the same twice, and matches only its password', async () => {
    const stored = await hashPassword('correct horse battery');
    expect(stored).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(await hashPassword('correct horse battery')).not.toBe(stored);
    expect(await matchesPassword('correct horse battery', stored)).toBe(true);
    expect(await matchesPassword('correct horse batterY', stored)).toBe(false);
    expect(await matchesPassword('', stored)).toBe(false);
  });

  test('a hash with another cost still matches', async () => {
    // RFC 7914, 12: the first 32 bytes of scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1).
    const salt = Buffer.from('SodiumChloride').toString('base64url');
    const hash = '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2';
    const stored = `scrypt$16384$8$1$${salt}$${Buffer.from(hash, 'hex').toString('base64url')}`;
    expect(await matchesPassword('pleaseletmein', stored)).toBe(true);
  });

  test('two Unicode forms of a character are the same', async () => {
    expect(await matchesPassword('cafe\u0301 cafe\u0301 cafe', await hashPassword('caf\u00e9 caf\u00e9 cafe'))).toBe(
      true,
    );
  });

  test('no password matches when there is no user', async () => {
    expect(await matchesPassword('anything at all', null)).toBe(false);
  });

  test('a generated password obeys the rule, and is never the same twice', () => {
    const made = Array.from({ length: 100 }, makePassword);
    expect(new Set(made).size).toBe(100);
    expect(made.every(({ length }) => length >= PASSWORD_LENGTH.min && length <= PASSWORD_LENGTH.max)).toBe(true);
  });
});
