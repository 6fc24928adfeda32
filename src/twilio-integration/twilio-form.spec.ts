import { describe, expect, test } from '@jest/globals';
import { TwilioForm } from './twilio-form.js';

const read = (body: string): TwilioForm => new TwilioForm(Buffer.from(body));

describe('TwilioForm', () => {
  test.each<[string, string, Record<string, string>]>([
    ['keeps empty parameters', 'FromCity=&Body=Hi', { FromCity: '', Body: 'Hi' }],
    ['trims nothing', 'Body=++Hi%20%0A', { Body: '  Hi \n' }],
    ['distinguishes + from %2B', 'From=%2B15005550101&Body=a+b', { From: '+15005550101', Body: 'a b' }],
    ['reads UTF-8', 'Body=%F0%9F%98%80+%D7%A9', { Body: '😀 ש' }],
    ['reads a NUL', 'Body=a%00b', { Body: 'a\0b' }],
    ['keeps what it cannot decode', 'Body=100%&To=%zz', { Body: '100%', To: '%zz' }],
    ['keeps brackets as they are', 'a%5Bb%5D=1&a[c]=2', { 'a[b]': '1', 'a[c]': '2' }],
    ['keeps a name that begins with a question mark', '?Body=Hi', { '?Body': 'Hi' }],
    ['keeps a name that is special in JavaScript', '__proto__=Hi', Object.fromEntries([['__proto__', 'Hi']])],
    ['accepts a name without a value', 'Body', { Body: '' }],
    ['joins repeated parameters by line breaks', 'a=2&a=1&a=2', { a: '2\n1\n2' }],
    ['reads an empty form', '', {}],
  ])('%s', (_, body, expected) => {
    expect(read(body).toRecord()).toEqual(expected);
  });

  test('counts the occurrences of a parameter, and gives the first value', () => {
    const form = read('Body=one&Body=two&From=');
    expect([form.count('Body'), form.count('From'), form.count('To')]).toEqual([2, 1, 0]);
    expect([form.get('Body'), form.get('From'), form.get('To')]).toEqual(['one', '', undefined]);
  });

  test.each([
    ['names in byte order, upper case first', 'b=1&B=2&a=3', 'B2a3b1'],
    ['the values of one name, unique and sorted', 'a=2&a=1&a=2', 'a1a2'],
    ['empty values too', 'b=&a=', 'ab'],
  ])('signs %s', (_, body, expected) => {
    expect(read(body).signedText()).toBe(expected);
  });
});
