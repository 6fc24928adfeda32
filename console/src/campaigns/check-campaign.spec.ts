import { describe, expect, test } from '@jest/globals';
import { englishOf } from '../../test/texts.ts';
import type { OpeningHoursDto, WeeklyRangeDto } from '../api/generated/types.gen.ts';
import { type CampaignForm, emptyForm, type LanguageForm } from './campaign-form.ts';
import { checkCampaign, errorBelow, errorsFrom } from './check-campaign.ts';

const t = englishOf('campaigns');

const english = (given: Partial<LanguageForm> = {}): LanguageForm => ({
  language: 'en-US',
  outOfHoursNotice: '',
  stopWords: [],
  startWords: [],
  helpWords: [],
  ...given,
});

const campaign = (given: Partial<CampaignForm> = {}): CampaignForm => ({
  ...emptyForm(),
  name: 'Support',
  languages: ['en-US'],
  defaultLanguage: 'en-US',
  languageSettings: [english()],
  ...given,
});

const errorsOf = (given: Partial<CampaignForm>) => checkCampaign(campaign(given), t);

const hours = (given: Partial<OpeningHoursDto>): Partial<CampaignForm> => ({
  openingHours: { timeZone: 'Europe/Rome', weekly: [], exceptions: [], ...given },
});

const at = (opens: string, closes: string, day: WeeklyRangeDto['day'] = 'monday'): WeeklyRangeDto => ({
  day,
  opens,
  closes,
});

const OVERLAPS = 'It overlaps other hours of that day. Make one of them, or shorten one.';
const BOTH = 'Say when it opens and when it closes.';
const SAME = 'It cannot open and close at the same time; a whole day is 00:00 to 00:00.';

describe('The name and the languages', () => {
  test.each<[given: Partial<CampaignForm>, errors: Record<string, string>]>([
    [{}, {}],
    [{ name: '😀'.repeat(80) }, {}],
    [{ name: '😀'.repeat(81) }, { name: 'Use at most 80 characters.' }],
    [{ name: '  ' }, { name: 'Fill this in.' }],
    [{ languages: [] }, { languages: 'Choose at least one language.' }],
  ])('%j', (given, errors) => {
    expect(errorsOf(given)).toEqual(errors);
  });
});

describe('Hours of a week', () => {
  test.each<[name: string, weekly: WeeklyRangeDto[], errors: Record<number, string>]>([
    ['none', [], {}],
    ['one', [at('09:00', '18:00')], {}],
    ['a break', [at('09:00', '12:00'), at('13:00', '18:00')], {}],
    ['one begins as the other ends', [at('09:00', '12:00'), at('12:00', '18:00')], {}],
    ['the later one first', [at('13:00', '18:00'), at('09:00', '12:00')], {}],
    ['they overlap by a minute', [at('09:00', '12:01'), at('12:00', '18:00')], { 1: OVERLAPS }],
    ['one within the other', [at('09:00', '18:00'), at('10:00', '11:00')], { 1: OVERLAPS }],
    ['the same twice', [at('09:00', '18:00'), at('09:00', '18:00')], { 1: OVERLAPS }],
    ['the same on two days', [at('09:00', '18:00'), at('09:00', '18:00', 'tuesday')], {}],
    ['a night', [at('22:00', '06:00')], {}],
    ['a day and a night', [at('09:00', '18:00'), at('22:00', '06:00')], {}],
    ['a night that begins before the day ends', [at('09:00', '18:00'), at('17:00', '06:00')], { 1: OVERLAPS }],
    ['hours after the night of that day has begun', [at('22:00', '06:00'), at('23:00', '23:30')], { 1: OVERLAPS }],
    [
      'the third overlaps the first',
      [at('08:00', '10:00'), at('11:00', '12:00'), at('09:00', '10:30')],
      { 2: OVERLAPS },
    ],
    ['no opening', [at('', '18:00')], { 0: BOTH }],
    ['no closing', [at('09:00', '')], { 0: BOTH }],
    ['nothing at all', [at('', '')], { 0: BOTH }],
    ['no time between', [at('09:00', '09:00')], { 0: SAME }],
  ])('%s', (_name, weekly, errors) => {
    const expected = Object.entries(errors).map(([i, text]) => [`openingHours.weekly.${i}`, text]);
    expect(errorsOf(hours({ weekly }))).toEqual(Object.fromEntries(expected));
  });
});

describe('Other hours on some dates', () => {
  const on = (date: string, ...ranges: [string, string][]) => ({
    date,
    hours: ranges.map(([opens, closes]) => ({ opens, closes })),
  });
  test.each<[name: string, exceptions: ReturnType<typeof on>[], errors: Record<string, string>]>([
    ['closed all day', [on('2026-12-25')], {}],
    ['no date', [on('')], { '0.date': 'Choose a date.' }],
    ['no date twice: each lacks one', [on(''), on('')], { '0.date': 'Choose a date.', '1.date': 'Choose a date.' }],
    ['the same date twice', [on('2026-12-25'), on('2026-12-25')], { '1.date': 'Choose a date only once.' }],
    ['the same hours on two dates', [on('2026-12-24', ['09:00', '12:00']), on('2026-12-31', ['09:00', '12:00'])], {}],
    ['they overlap', [on('2026-12-24', ['09:00', '12:00'], ['11:00', '13:00'])], { '0.hours.1': OVERLAPS }],
    ['no closing', [on('2026-12-24', ['09:00', ''])], { '0.hours.0': BOTH }],
  ])('%s', (_name, exceptions, errors) => {
    const expected = Object.entries(errors).map(([path, text]) => [`openingHours.exceptions.${path}`, text]);
    expect(errorsOf(hours({ exceptions }))).toEqual(Object.fromEntries(expected));
  });
});

describe('What is said and listened for in a language', () => {
  const taken = (word: string) => `“${word}” is in another list already, or Twilio takes it for something else.`;
  test.each<[settings: Partial<LanguageForm>, errors: Record<string, string>]>([
    [{ outOfHoursNotice: 'We open {opensAt}.' }, {}],
    [
      { outOfHoursNotice: 'We open {when}.' },
      { outOfHoursNotice: '{when} stands for nothing. Choose one of the placeholders; write {{ for a brace.' },
    ],
    [{ stopWords: ['BASTA'], startWords: ['VIA'], helpWords: ['AIUTO'] }, {}],
    // Twilio's own word in the list that it is for.
    [{ stopWords: ['stop'] }, {}],
    [{ startWords: ['Stop'] }, { startWords: taken('Stop') }],
    [{ stopWords: ['BASTA', ' Info '] }, { stopWords: taken(' Info ') }],
    [
      { stopWords: ['via'], startWords: ['VIA'] },
      { stopWords: taken('via'), startWords: taken('VIA') },
    ],
    [{ helpWords: ['YES'] }, { helpWords: taken('YES') }],
  ])('%j', (settings, errors) => {
    const expected = Object.entries(errors).map(([field, text]) => [`languageSettings.1.${field}`, text]);
    expect(
      errorsOf({
        languages: ['en-US', 'it-IT'],
        languageSettings: [english(), english({ language: 'it-IT', ...settings })],
      }),
    ).toEqual(Object.fromEntries(expected));
  });

  test('The same word may mean one thing in one language, and another in another', () => {
    const languageSettings = [english({ stopWords: ['ALT'] }), english({ language: 'de-DE', helpWords: ['ALT'] })];
    expect(errorsOf({ languages: ['en-US', 'de-DE'], languageSettings })).toEqual({});
  });
});

test('Several things stand in the order of the screen: the first one gets the focus', () => {
  const wrong = errorsOf({
    languageSettings: [english({ startWords: ['STOP'] })],
    ...hours({ weekly: [at('', '')], exceptions: [{ date: '', hours: [] }] }),
    name: '',
  });
  expect(Object.keys(wrong)).toEqual([
    'name',
    'openingHours.weekly.0',
    'openingHours.exceptions.0.date',
    'languageSettings.0.startWords',
  ]);
});

test.each<[errorCode: string, expected: Record<string, string>]>([
  ['campaign_name_taken', { name: 'The whole text.' }],
  ['language_in_use', { languages: 'The whole text.' }],
  ['validation_failed', { 'openingHours.timeZone': 'No such zone.' }],
])('What the service found wrong stands at its field: %s', (errorCode, expected) => {
  const byField = { 'openingHours.timeZone': 'No such zone.' };
  expect(errorsFrom({ status: 409, errorCode }, 'The whole text.', byField)).toEqual(expected);
});

test.each([
  ['openingHours.weekly.1', 'one'],
  ['openingHours.weekly', 'one'],
  ['openingHours', 'one'],
  ['openingHours.weekly.10', 'ten'],
  ['openingHours.week', undefined],
  ['name', undefined],
])('The error at or below %s', (path, text) => {
  const errors = { 'openingHours.weekly.1': 'one', 'openingHours.weekly.10': 'ten' };
  expect(errorBelow(errors, path)).toBe(text);
});
