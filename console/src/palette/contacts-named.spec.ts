import { expect, test } from '@jest/globals';
import { contactsNamed } from './contacts-named.ts';

test.each<[typed: string, query: ReturnType<typeof contactsNamed>]>([
  ['+15005550001', { customer: '+15005550001' }],
  ['15005550001', { customer: '+15005550001' }],
  ['+1 (500) 555-0001', { customer: '+15005550001' }],
  ['+39.02.1234', { customer: '+39021234' }],
  ['1234', { customer: '+1234' }],
  // Too short for a number: the number of an order, perhaps.
  ['123', { q: '123' }],
  ['order 1234', { q: 'order 1234' }],
  ['1234 late', { q: '1234 late' }],
  ['++1234', { q: '++1234' }],
  ['(500) 555', { q: '(500) 555' }],
])('"%s"', (typed, query) => {
  expect(contactsNamed(typed)).toEqual(query);
});
