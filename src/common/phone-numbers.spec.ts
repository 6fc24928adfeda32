import { expect, test } from '@jest/globals';
import { ungrouped } from './phone-numbers.js';

test.each([
  ['+1 500 555 0101', '+15005550101'],
  ['+1 (500) 555-0101', '+15005550101'],
  [' 555.0101 ', '5550101'],
  ['+15005550101', '+15005550101'],
  ['Acme Shop 24', 'Acme Shop 24'],
  ['--', '--'],
  [7, 7],
])('%s is searched for as %s', (value, expected) => expect(ungrouped({ value })).toBe(expected));
