import { describe, expect, test } from '@jest/globals';
import { englishOf } from '../../test/texts.ts';
import { checkForm, errorsFrom } from './check-form.ts';
import type { EntryPointForm } from './entry-point-form.ts';

const t = englishOf('entry-points');

const GOOD: EntryPointForm = {
  name: 'Front desk',
  campaignId: 'campaign-1',
  language: 'en-US',
  state: 'active',
  phoneNumberSid: 'PN1',
  greeting: 'Welcome to {campaign}.',
  autoCloseHours: 24,
  reopenMinutes: 0,
};

const EMOJI = '😀';

describe('What is right', () => {
  test.each<Partial<EntryPointForm>>([
    {},
    { name: 'x'.repeat(80) },
    // As the service counts: an emoji is one character.
    { name: EMOJI.repeat(80) },
    { name: `  ${'x'.repeat(80)}  ` },
    { greeting: '' },
    { greeting: 'A brace: {{' },
    { autoCloseHours: null },
    { autoCloseHours: 1 },
    { autoCloseHours: 8_760 },
    { reopenMinutes: 10_080 },
  ])('%j', (changes) => {
    expect(checkForm({ ...GOOD, ...changes }, t)).toEqual({});
  });
});

describe('What is wrong', () => {
  const HOURS = 'Use a whole number from 1 to 8,760.';
  const MINUTES = 'Use a whole number from 0 to 10,080.';
  test.each<[changes: Partial<EntryPointForm>, field: keyof EntryPointForm, text: string]>([
    [{ name: '' }, 'name', 'Fill this in.'],
    [{ name: ' \n ' }, 'name', 'Fill this in.'],
    [{ name: 'x'.repeat(81) }, 'name', 'Use at most 80 characters.'],
    [{ name: EMOJI.repeat(81) }, 'name', 'Use at most 80 characters.'],
    [{ campaignId: '' }, 'campaignId', 'Fill this in.'],
    [{ language: '' }, 'language', 'Fill this in.'],
    [{ phoneNumberSid: '' }, 'phoneNumberSid', 'Choose a number.'],
    [
      { greeting: 'Hi {name}' },
      'greeting',
      '{name} stands for nothing. Choose one of the placeholders; write {{ for a brace.',
    ],
    [{ autoCloseHours: '' }, 'autoCloseHours', HOURS],
    [{ autoCloseHours: 0 }, 'autoCloseHours', HOURS],
    [{ autoCloseHours: 1.5 }, 'autoCloseHours', HOURS],
    [{ autoCloseHours: 8_761 }, 'autoCloseHours', HOURS],
    [{ reopenMinutes: '' }, 'reopenMinutes', MINUTES],
    [{ reopenMinutes: -1 }, 'reopenMinutes', MINUTES],
    [{ reopenMinutes: 10_081 }, 'reopenMinutes', MINUTES],
  ])('%j', (changes, field, text) => {
    expect(checkForm({ ...GOOD, ...changes }, t)).toEqual({ [field]: text });
  });

  test('Several things stand in the order of the screen: the first one gets the focus', () => {
    const wrong = checkForm({ ...GOOD, phoneNumberSid: '', reopenMinutes: '', name: '', language: '' }, t);
    expect(Object.keys(wrong)).toEqual(['name', 'language', 'reopenMinutes', 'phoneNumberSid']);
  });
});

describe('What the service found wrong', () => {
  const byField = { reopenMinutes: 'Too many.' };
  test.each<[error: unknown, expected: Record<string, string>]>([
    [{ status: 409, errorCode: 'entry_point_name_taken' }, { name: 'The whole text.' }],
    [{ status: 409, errorCode: 'number_in_use' }, { phoneNumberSid: 'The whole text.' }],
    [{ status: 400, errorCode: 'validation_failed' }, byField],
    [new TypeError('Failed to fetch'), byField],
  ])('%j', (error, expected) => {
    expect(errorsFrom(error, 'The whole text.', byField)).toEqual(expected);
  });
});
