import { findClockChange, wallClock } from './wall-clock.js';

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Day = (typeof DAYS)[number];

/** Times of day as `HH:MM`. A closing time before the opening time is on the next day; `24:00` is the end of the day. */
export interface OpenRange {
  opens: string;
  closes: string;
}

/**
 * When a campaign is open, in its time zone. When the clocks are put forward, a range that begins in the skipped hour opens
 * right after it; when they are put back, the repeated hour counts twice.
 */
export interface OpeningHours {
  /** IANA time zone. */
  timeZone: string;
  weekly: ({ day: Day } & OpenRange)[];
  /** Each replaces the weekly ranges that begin on its date; an empty list of hours means closed. */
  exceptions: { date: string; hours: OpenRange[]; note?: string }[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;
const MAX_LOOKAHEAD_DAYS = 60;

/** @param hours null for always open */
export function isOpen(hours: OpeningHours | null, at: Date): boolean {
  return hours === null || isOpenAt(hours, at.getTime());
}

/** The next instant after `at` at which a closed campaign opens; null if it is always open, or if there is none within 60 days. */
export function nextOpening(hours: OpeningHours | null, at: Date): Date | null {
  if (hours === null) return null;
  const start = at.getTime();
  for (let day = 0; day < MAX_LOOKAHEAD_DAYS; day++) {
    const from = start + day * DAY_MS;
    const opening = findCandidates(hours, from, from + DAY_MS).find(
      (candidate) => isOpenAt(hours, candidate) && !isOpenAt(hours, candidate - 1),
    );
    if (opening !== undefined) return new Date(opening);
  }
  return null;
}

/** A range in minutes of its day; `closes` is beyond 24 hours if the range extends past midnight. */
export function toMinutes({ opens, closes }: OpenRange): { opens: number; closes: number } {
  const [from, to] = [minuteOfDay(opens), minuteOfDay(closes)];
  return { opens: from, closes: to > from ? to : to + DAY_MINUTES };
}

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function isOpenAt(hours: OpeningHours, at: number): boolean {
  const wall = wallClock(hours.timeZone, at);
  const today = Math.floor(wall / DAY_MS);
  const minute = (wall - today * DAY_MS) / MINUTE_MS;
  return (
    rangesOf(hours, today).some(({ opens, closes }) => opens <= minute && minute < closes) ||
    rangesOf(hours, today - 1).some(({ closes }) => minute + DAY_MINUTES < closes)
  );
}

/** @param day in days since 1970 */
function rangesOf({ weekly, exceptions }: OpeningHours, day: number): { opens: number; closes: number }[] {
  const date = new Date(day * DAY_MS);
  const isoDate = date.toISOString().slice(0, 10);
  const exception = exceptions.find((each) => each.date === isoDate);
  if (exception !== undefined) return exception.hours.map(toMinutes);
  const name = DAYS[(date.getUTCDay() + 6) % 7];
  return weekly.filter((range) => range.day === name).map(toMinutes);
}

/**
 * The instants after `from`, up to `to`, at which the campaign may open, in order. It includes every opening, but not every
 * candidate is one. `from` and `to` must be at most a day apart.
 */
function findCandidates(hours: OpeningHours, from: number, to: number): number[] {
  const [wallFrom, wallTo] = [wallClock(hours.timeZone, from), wallClock(hours.timeZone, to)];
  const offsets = new Set([wallFrom - from, wallTo - to]);
  const candidates: number[] = [];
  for (let day = Math.floor(wallFrom / DAY_MS); day <= Math.floor(wallTo / DAY_MS); day++) {
    for (const { opens } of rangesOf(hours, day)) {
      for (const offset of offsets) candidates.push(day * DAY_MS + opens * MINUTE_MS - offset);
    }
  }
  const change = findClockChange(hours.timeZone, from, to);
  if (change !== null) candidates.push(change);
  return candidates.filter((candidate) => from < candidate && candidate <= to).toSorted((a, b) => a - b);
}
