import { describe, expect, test } from '@jest/globals';
import type { WeeklyRangeDto } from '../api/generated/types.gen.ts';
import { copyToWorkdays, type Day, DAYS, nameOfDay, TIME_ZONES, usualHours } from './opening-hours.ts';

/** `monday 09:00-18:00`. */
const range = (text: string): WeeklyRangeDto => {
  const [day, opens, closes] = text.split(/[ -]/) as [Day, string, string];
  return { day, opens, closes };
};
const shown = (weekly: WeeklyRangeDto[]): string[] =>
  weekly.map(({ day, opens, closes }) => `${day.slice(0, 3)} ${opens}-${closes}`);

describe('The hours of the first day, on all workdays', () => {
  const NINE_TO_FIVE = ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => `${day} 09:00-17:00`);
  test.each<[name: string, weekly: string[], expected: string[]]>([
    ['nothing to copy', [], []],
    ['one day', ['monday 09:00-17:00'], NINE_TO_FIVE],
    [
      'the first day of the week that has any, not of the list',
      ['friday 10:00-11:00', 'tuesday 09:00-17:00'],
      NINE_TO_FIVE,
    ],
    ['what the other workdays had goes', ['monday 09:00-17:00', 'friday 09:00-12:00'], NINE_TO_FIVE],
    ['the weekend stays', ['monday 09:00-17:00', 'saturday 10:00-12:00'], [...NINE_TO_FIVE, 'sat 10:00-12:00']],
    ['only the weekend has any: it keeps it, too', ['sunday 09:00-17:00'], [...NINE_TO_FIVE, 'sun 09:00-17:00']],
    [
      'both halves of a day with a break',
      ['wednesday 08:00-12:00', 'wednesday 13:00-17:00'],
      ['mon', 'tue', 'wed', 'thu', 'fri'].flatMap((day) => [`${day} 08:00-12:00`, `${day} 13:00-17:00`]),
    ],
    ['a night', ['monday 22:00-06:00'], ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => `${day} 22:00-06:00`)],
  ])('%s', (_name, weekly, expected) => {
    expect(shown(copyToWorkdays(weekly.map(range)))).toEqual(expected);
  });
});

test('Usual hours are from Monday to Friday, in a time zone that can be chosen', () => {
  const { weekly, timeZone, exceptions } = usualHours();
  expect(shown(weekly)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => `${day} 09:00-18:00`));
  expect(TIME_ZONES).toContain(timeZone);
  expect(exceptions).toEqual([]);
});

test('UTC can be chosen, once', () => {
  expect(TIME_ZONES.filter((zone) => zone === 'UTC')).toEqual(['UTC']);
});

test.each([
  ['en', 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'],
  ['it', 'lunedì martedì mercoledì giovedì venerdì sabato domenica'],
])('The days are called in %s', (language, names) => {
  expect(DAYS.map((day) => nameOfDay(day, language)).join(' ')).toBe(names);
});
