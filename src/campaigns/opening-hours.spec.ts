import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAYS, isOpen, nextOpening, type OpeningHours, type OpenRange } from './opening-hours.js';

const hoursOf = (given: Partial<OpeningHours>): OpeningHours => ({
  timeZone: 'Europe/Rome',
  weekly: [],
  exceptions: [],
  ...given,
});
const weekdays = DAYS.slice(0, 5).map((day) => ({ day, opens: '09:00', closes: '18:00' }));
const office = hoursOf({ weekly: weekdays });
const shifts = hoursOf({
  weekly: [
    { day: 'monday', opens: '09:00', closes: '12:30' },
    { day: 'monday', opens: '14:00', closes: '18:00' },
    { day: 'monday', opens: '18:00', closes: '24:00' },
  ],
});
const bar = hoursOf({ weekly: [{ day: 'saturday', opens: '22:00', closes: '02:30' }] });
const december: OpeningHours['exceptions'] = [
  { date: '2026-12-25', hours: [] },
  { date: '2026-12-24', hours: [{ opens: '20:00', closes: '03:00' }], note: 'Long night' },
  { date: '2026-12-26', hours: [{ opens: '10:00', closes: '12:00' }] },
];

// 2026-11-23 is a Monday; Rome is an hour ahead of UTC in winter, two in summer.
describe('isOpen', () => {
  test.each<[string, OpeningHours | null, string, boolean]>([
    ['without hours', null, '2026-11-22T03:00:00Z', true],
    ['with no range at all', hoursOf({}), '2026-11-23T12:00:00Z', false],
    ['a millisecond before it opens', office, '2026-11-23T07:59:59.999Z', false],
    ['as it opens', office, '2026-11-23T08:00:00Z', true],
    ['a millisecond before it closes', office, '2026-11-23T16:59:59.999Z', true],
    ['as it closes', office, '2026-11-23T17:00:00Z', false],
    ['on a Saturday', office, '2026-11-28T10:00:00Z', false],
    ['between two ranges of a day', shifts, '2026-11-23T12:15:00Z', false],
    ['where two ranges touch', shifts, '2026-11-23T17:00:00Z', true],
    ['in the last second of a day that closes at 24:00', shifts, '2026-11-23T22:59:59Z', true],
    ['right after 24:00', shifts, '2026-11-23T23:00:00Z', false],
    ['before midnight, with a range over it', bar, '2026-11-28T22:00:00Z', true],
    ['after midnight, with a range over it', bar, '2026-11-29T01:29:00Z', true],
    ['when a range over midnight has closed', bar, '2026-11-29T01:30:00Z', false],
    ['on the evening after a range over midnight', bar, '2026-11-29T22:00:00Z', false],
    ['on a closed date', hoursOf({ weekly: weekdays, exceptions: december }), '2026-12-25T12:00:00Z', false],
    [
      'on a date with other hours, at the usual ones',
      { ...office, exceptions: december },
      '2026-12-24T12:00:00Z',
      false,
    ],
    ['on a date with other hours', { ...office, exceptions: december }, '2026-12-24T20:00:00Z', true],
    [
      'on a closed date, in the night of the date before',
      { ...office, exceptions: december },
      '2026-12-25T01:00:00Z',
      true,
    ],
    ['on a Saturday with hours of its own', { ...office, exceptions: december }, '2026-12-26T10:00:00Z', true],
    ['in daylight saving time', office, '2026-07-20T07:00:00Z', true],
  ])('%s', (_, hours, at, expected) => {
    expect(isOpen(hours, new Date(at))).toBe(expected);
  });
});

describe('nextOpening', () => {
  test.each<[string, OpeningHours | null, string, string | null]>([
    ['without hours', null, '2026-11-22T03:00:00Z', null],
    ['with no range at all', hoursOf({}), '2026-11-23T12:00:00Z', null],
    ['in the night', office, '2026-11-23T03:00:00Z', '2026-11-23T08:00:00Z'],
    ['a millisecond before', office, '2026-11-23T07:59:59.999Z', '2026-11-23T08:00:00Z'],
    ['while open: the one after', office, '2026-11-23T08:00:00Z', '2026-11-24T08:00:00Z'],
    ['over the weekend', office, '2026-11-27T17:00:00Z', '2026-11-30T08:00:00Z'],
    ['where ranges touch: no new one', shifts, '2026-11-23T16:00:00Z', '2026-11-30T08:00:00Z'],
    ['over holidays', { ...office, exceptions: december }, '2026-12-25T09:00:00Z', '2026-12-26T09:00:00Z'],
    [
      'a single date 59 days away',
      hoursOf({ exceptions: [{ date: '2027-01-20', hours: [{ opens: '09:00', closes: '10:00' }] }] }),
      '2026-11-22T12:00:00Z',
      '2027-01-20T08:00:00Z',
    ],
    [
      'a single date 61 days away',
      hoursOf({ exceptions: [{ date: '2027-01-20', hours: [{ opens: '09:00', closes: '10:00' }] }] }),
      '2026-11-20T07:00:00Z',
      null,
    ],
    [
      'always open, by ranges that touch',
      hoursOf({ weekly: DAYS.map((day) => ({ day, opens: '00:00', closes: '24:00' })) }),
      '2026-11-20T07:00:00Z',
      null,
    ],
    ['on the Sunday when the clocks go forward', office, '2026-03-29T12:00:00Z', '2026-03-30T07:00:00Z'],
    [
      'in the hour that the clocks skip: right after it',
      hoursOf({ weekly: [{ day: 'sunday', opens: '02:30', closes: '06:00' }] }),
      '2026-03-29T00:00:00Z',
      '2026-03-29T01:00:00Z',
    ],
    [
      'in the hour that occurs twice: the first time, then the second',
      hoursOf({ weekly: [{ day: 'sunday', opens: '02:30', closes: '06:00' }] }),
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
    ],
  ])('%s', (_, hours, at, expected) => {
    expect(nextOpening(hours, new Date(at))?.toISOString() ?? null).toBe(expected && new Date(expected).toISOString());
  });
});

const MINUTE_MS = 60_000;

/** The local time of a zone at every minute of some days, formatted one by one. */
interface Calendar {
  timeZone: string;
  start: number;
  minutes: { date: string; day: string; time: string; dateBefore: string; dayBefore: string | undefined }[];
}

const DAYS_KEPT = 20;

function keepCalendar(timeZone: string, from: string): Calendar {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const start = Date.parse(from);
  const minutes = Array.from({ length: DAYS_KEPT * 1_440 }, (_, n) => {
    const parts = new Map(format.formatToParts(start + n * MINUTE_MS).map(({ type, value }) => [type, value]));
    const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
    const day = parts.get('weekday')!.toLowerCase();
    return {
      date,
      day,
      time: `${parts.get('hour')}:${parts.get('minute')}`,
      dateBefore: new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10),
      dayBefore: DAYS[(DAYS.findIndex((each) => each === day) + 6) % 7],
    };
  });
  return { timeZone, start, minutes };
}

/** Compares texts minute by minute, which is slow but too simple to be wrong. */
function modelOf({ minutes }: Calendar, { weekly, exceptions }: OpeningHours): boolean[] {
  const rangesOn = (date: string, day: string | undefined): OpenRange[] =>
    exceptions.find((each) => each.date === date)?.hours ?? weekly.filter((range) => range.day === day);
  return minutes.map(
    ({ date, day, time, dateBefore, dayBefore }) =>
      rangesOn(date, day).some(({ opens, closes }) => opens <= time && (time < closes || closes < opens)) ||
      rangesOn(dateBefore, dayBefore).some(({ opens, closes }) => closes < opens && time < closes),
  );
}

describe.each([
  ['Europe/Rome', '2026-03-20T00:00:00Z'],
  ['Europe/Rome', '2026-10-16T00:00:00Z'],
  // The clocks skip midnight, and go through it twice.
  ['America/Sao_Paulo', '2018-10-26T00:00:00Z'],
  ['America/Sao_Paulo', '2019-02-08T00:00:00Z'],
  ['Asia/Kathmandu', '2026-11-20T00:00:00Z'],
  ['Pacific/Auckland', '2026-03-27T00:00:00Z'],
  ['Pacific/Auckland', '2026-09-18T00:00:00Z'],
  // The clocks change by half an hour.
  ['Australia/Lord_Howe', '2026-03-27T00:00:00Z'],
  ['Australia/Lord_Howe', '2026-09-25T00:00:00Z'],
])('In %s from %s on', (timeZone, from) => {
  let calendar: Calendar;
  let anyHours: fc.Arbitrary<OpeningHours>;

  beforeAll(() => {
    calendar = keepCalendar(timeZone, from);
    const dates = [...new Set(calendar.minutes.map(({ date }) => date))];
    anyHours = fc.record({
      timeZone: fc.constant(timeZone),
      weekly: fc.array(fc.tuple(fc.constantFrom(...DAYS), anyRange), { maxLength: 10 }).map(toWeekly),
      exceptions: fc.uniqueArray(
        fc.record({ date: fc.constantFrom(...dates), hours: fc.array(anyRange, { maxLength: 2 }) }),
        {
          selector: ({ date }) => date,
          maxLength: 4,
        },
      ),
    });
  });

  const anyMinute = (last: number): fc.Arbitrary<number> => fc.nat({ max: last });

  test('it is open at the same times as in a minute-by-minute model', () => {
    fc.assert(
      fc.property(
        anyHours,
        fc.array(anyMinute(DAYS_KEPT * 1_440 - 1), { minLength: 50 }),
        fc.nat({ max: 59_999 }),
        (hours, minutes, ms) => {
          const model = modelOf(calendar, hours);
          for (const minute of minutes) {
            const at = new Date(calendar.start + minute * MINUTE_MS + ms);
            expect({ at, open: isOpen(hours, at) }).toEqual({ at, open: model[minute] });
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('the next opening is the first one in the model', () => {
    fc.assert(
      fc.property(
        anyHours,
        fc.array(anyMinute(12 * 1_440), { minLength: 10, maxLength: 10 }),
        fc.nat({ max: 59_999 }),
        (hours, minutes, ms) => {
          const model = modelOf(calendar, hours);
          for (const minute of minutes) {
            const at = new Date(calendar.start + minute * MINUTE_MS + ms);
            const found = nextOpening(hours, at)?.getTime() ?? Infinity;
            const first = model.findIndex((open, n) => n > minute && open && !model[n - 1]);
            // The model knows nothing beyond the end of the calendar.
            if (first === -1) expect(found).toBeGreaterThanOrEqual(calendar.start + model.length * MINUTE_MS);
            else expect({ at, opening: found }).toEqual({ at, opening: calendar.start + first * MINUTE_MS });
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

// Favours half and quarter hours around the time of clock changes, where the difficult cases are.
const anyTime = fc
  .oneof(
    fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 15, 30, 45)),
    fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })),
  )
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const anyRange: fc.Arbitrary<OpenRange> = fc
  .record({ opens: anyTime, closes: fc.oneof({ weight: 5, arbitrary: anyTime }, fc.constant('24:00')) })
  .filter(({ opens, closes }) => opens !== closes);

const toWeekly = (ranges: [(typeof DAYS)[number], OpenRange][]): OpeningHours['weekly'] =>
  ranges.map(([day, range]) => ({ day, ...range }));
