import { describe, expect, test } from '@jest/globals';
import { guessKeyOfAddress, guessKeyOfEmail } from './guess-keys.js';

describe('The keys under which guesses are counted', () => {
  test.each([
    ['192.0.2.7', 'address:192.0.2.7'],
    ['::ffff:192.0.2.7', 'address:192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2::/64'],
    ['2001:db8:1:2::6', 'address:2001:db8:1:2::/64'],
    ['2001:db8::5:6', 'address:2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'address:fe80:0:0:0::/64'],
    ['::1', 'address:0:0:0:0::/64'],
  ])('%s → %s', (ip, key) => {
    expect(guessKeyOfAddress(ip)).toBe(key);
  });

  test('a key does not reveal its e-mail address', () => {
    expect(guessKeyOfEmail('ada@example.com')).toMatch(/^email:[\w-]{43}$/);
  });
});
