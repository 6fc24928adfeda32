import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findTemplateProblem, type NoticeValues, PLACEHOLDERS, renderNotice } from './notice-template.js';

const VALUES: NoticeValues = {
  entryPoint: 'Support EN',
  campaign: '{number} $& Co.',
  number: '+15005550006',
  customer: '+15005550101',
  opensAt: 'Mon 09:00',
};

describe('renderNotice', () => {
  test.each([
    ['Closed.', 'Closed.'],
    ['{entryPoint} opens {opensAt}.', 'Support EN opens Mon 09:00.'],
    ['{number}{number} for {customer}', '+15005550006+15005550006 for +15005550101'],
    ['{{opensAt} is not filled in, } and }} stay', '{opensAt} is not filled in, } and }} stay'],
    ['{{{opensAt}', '{Mon 09:00'],
    ['{{{{', '{{'],
    [
      '{campaign}: placeholders in a value are not filled in',
      '{number} $& Co.: placeholders in a value are not filled in',
    ],
  ])('%s → %s', (template, expected) => {
    expect(findTemplateProblem(template)).toBeNull();
    expect(renderNotice(template, VALUES)).toBe(expected);
  });

  test('leaves unknown placeholders as they are', () => {
    expect(renderNotice('{toString} {name}', VALUES)).toBe('{toString} {name}');
  });

  test('returns any text whose braces were doubled', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'a', 'number', ' ') }), (text) => {
        expect(renderNotice(text.replaceAll('{', '{{'), VALUES)).toBe(text);
      }),
    );
  });
});

describe('findTemplateProblem', () => {
  test.each([
    ['', 'must not be blank; use null for no notice'],
    [' \n', 'must not be blank; use null for no notice'],
    [
      'Dear {name}',
      'has the unknown placeholder {name}; use {entryPoint}, {campaign}, {number}, {customer}, {opensAt}, or {{ for a brace',
    ],
    ['{toString}', expect.stringContaining('the unknown placeholder {toString};')],
    ['{OpensAt}', expect.stringContaining('the unknown placeholder {OpensAt};')],
    ['a { b', expect.stringContaining('a { without a placeholder;')],
    ['{ opensAt }', expect.stringContaining('a { without a placeholder;')],
    ['{opensAt', expect.stringContaining('a { without a placeholder;')],
    ['x'.repeat(1_600), null],
    ['x'.repeat(1_601), 'is 1,601 characters long; an SMS may have 1,600'],
    ['👍'.repeat(801), 'is 1,602 characters long; an SMS may have 1,600'],
    [`${'x'.repeat(1_584)}{number}`, null],
    [`${'x'.repeat(1_585)}{number}`, 'is up to 1,601 characters long; an SMS may have 1,600'],
    [`${'x'.repeat(1_441)}{campaign}`, 'is up to 1,601 characters long; an SMS may have 1,600'],
  ])('%j', (template, expected) => {
    expect(findTemplateProblem(template)).toEqual(expected);
  });

  test.each(PLACEHOLDERS)('knows {%s}', (name) => expect(findTemplateProblem(`{${name}}`)).toBeNull());
});
