import type { OpeningHoursDto, WeeklyRangeDto } from '../api/generated/types.gen.ts';

export type Day = WeeklyRangeDto['day'];
export const DAYS: Day[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const WORKDAYS = DAYS.slice(0, 5);
export const USUAL_RANGE = { opens: '09:00', closes: '18:00' };

/** What most offices have, on the clocks of where the browser is. */
export const usualHours = (): OpeningHoursDto => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  weekly: WORKDAYS.map((day) => ({ day, ...USUAL_RANGE })),
  exceptions: [],
});

/** The hours of the first day that has any, on all workdays. */
export function copyToWorkdays(weekly: WeeklyRangeDto[]): WeeklyRangeDto[] {
  const first = DAYS.find((day) => weekly.some((range) => range.day === day));
  const ranges = weekly.filter(({ day }) => day === first);
  const others = weekly.filter(({ day }) => !WORKDAYS.includes(day));
  return [...WORKDAYS.flatMap((day) => ranges.map((range) => ({ ...range, day }))), ...others];
}

/** `UTC` is none of the zones that browsers name. */
export const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

export const nameOfDay = (day: Day, language: string): string =>
  // 5 January 1970 was a Monday.
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(1970, 0, 5 + DAYS.indexOf(day)),
  );
