import { describe, expect, test } from '@jest/globals';
import { guessKeyOfAddress, guessKeyOfEmail } from './guess-keys.js';

describe('What guesses are counted by', () => {
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

  test('an e-mail address is not to be read from its key', () => {
    expect(guessKeyOfEmail('ada@example.com')).toMatch(/^email:[\w-]{43}$/);
  });
});
