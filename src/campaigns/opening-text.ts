import { nextOpening, type OpeningHours } from './opening-hours.js';
import { wallClock } from './wall-clock.js';

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The next opening as text for `{opensAt}`, in a language and in the campaign's time zone: `Mon 09:00`, or
 * `Wed, Dec 30, 09:00` if it is seven or more days away. It is `-` if there is none.
 */
export function describeNextOpening(hours: OpeningHours | null, at: Date, language: string): string {
  const opening = nextOpening(hours, at);
  if (hours === null || opening === null) return '-';
  return describeOpening(opening, at, hours.timeZone, language);
}

export function describeOpening(opening: Date, at: Date, timeZone: string, language: string): string {
  const dayOf = (time: Date): number => Math.floor(wallClock(timeZone, time.getTime()) / DAY_MS);
  const isFar = dayOf(opening) - dayOf(at) >= 7;
  // Non-breaking spaces and direction marks would make the whole text UCS-2.
  return formatOf(language, timeZone, isFar)
    .format(opening)
    .replaceAll(/[\u00a0\u202f]/g, ' ')
    .replaceAll(/[\u200e\u200f\u061c]/g, '');
}

function formatOf(language: string, timeZone: string, withDate: boolean): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${withDate}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(language, {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    ...(withDate && { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(key, format);
  return format;
}
