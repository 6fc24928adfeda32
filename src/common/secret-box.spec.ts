import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { SecretBox, SecretUnreadableError } from './secret-box.js';

const oldKey = ['k1', randomBytes(32)] as const;
const newKey = ['k2', randomBytes(32)] as const;
const place = 'telephony_connections.auth_token:account-1';

describe('SecretBox', () => {
  const box = new SecretBox(new Map([oldKey]));

  test('opens what it sealed, and never seals a secret to the same text twice', () => {
    const sealed = box.seal('s3cret', place);
    expect(box.open(sealed, place)).toBe('s3cret');
    expect(sealed).not.toContain('s3cret');
    expect(box.seal('s3cret', place)).not.toBe(sealed);
  });

  test('opens old secrets after a key change, and seals new ones with the new key', () => {
    const sealed = box.seal('s3cret', place);
    const rotated = new SecretBox(new Map([newKey, oldKey]));
    expect(rotated.open(sealed, place)).toBe('s3cret');
    expect(rotated.seal('s3cret', place)).toMatch(/^v1\.k2\./);
  });

  test('refuses to open a secret in another place', () => {
    const sealed = box.seal('s3cret', place);
    expect(() => box.open(sealed, 'telephony_connections.auth_token:account-2')).toThrow(SecretUnreadableError);
  });

  test('refuses another key, and says what to do', () => {
    const sealed = box.seal('s3cret', place);
    const other = new SecretBox(new Map([['k1', randomBytes(32)]]));
    expect(() => other.open(sealed, place)).toThrow(/ENCRYPTION_KEYS/);
    expect(() => new SecretBox(new Map([newKey])).open(sealed, place)).toThrow(/the key "k1" is unknown/);
  });

  test('refuses a text with any single character changed', () => {
    const sealed = box.seal('s3cret', place);
    for (let i = 0; i < sealed.length; i++) {
      const other = sealed[i] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, i) + other + sealed.slice(i + 1);
      const bytes = (text: string): string[] =>
        text.split('.').map((part, at) => (at < 2 ? part : Buffer.from(part, 'base64url').toString('hex')));
      // The last character of a base64 part may carry unused bits, whose change makes no difference.
      if (bytes(changed).join() === bytes(sealed).join()) continue;
      expect(() => box.open(changed, place)).toThrow(SecretUnreadableError);
    }
  });
});
