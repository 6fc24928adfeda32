import { describe, expect, test } from '@jest/globals';
import { hashSecret, makeApiKey, matchesHash, parseAuthorization } from './api-key-secret.js';

describe('API keys', () => {
  test('a new key parses back into its parts and matches its hash', () => {
    const { key, keyId, secretHash } = makeApiKey();
    const parsed = parseAuthorization(`Bearer ${key}`);
    expect(parsed?.keyId).toBe(keyId);
    expect(matchesHash(parsed!.secret, secretHash)).toBe(true);
    expect(matchesHash(`${parsed!.secret.slice(0, -1)}!`, secretHash)).toBe(false);
  });

  test('a hundred keys are all different', () => {
    expect(new Set(Array.from({ length: 100 }, () => makeApiKey().key)).size).toBe(100);
  });

  test.each([
    ['nothing', undefined],
    ['another scheme', 'Basic abc'],
    ['a short secret', 'Bearer sik_abcdefghijkl_short'],
    ['text after it', `Bearer sik_abcdefghijkl_${'a'.repeat(43)} x`],
    ['an upper-case id', `Bearer sik_ABCDEFGHIJKL_${'a'.repeat(43)}`],
  ])('%s is not a key', (_, header) => {
    expect(parseAuthorization(header)).toBeNull();
  });

  test('the hash is 32 bytes', () => {
    expect(hashSecret('x')).toHaveLength(32);
  });
});
