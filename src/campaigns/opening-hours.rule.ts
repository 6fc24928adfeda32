import { ValidateBy } from 'class-validator';
import { type OpenRange, toMinutes } from './opening-hours.js';
import { isTimeZone } from './wall-clock.js';

const OPENS = /^([01]\d|2[0-3]):[0-5]\d$/;
const CLOSES = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

const IsTextLike = (name: string, isRight: (value: string) => boolean, message: string): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value) => typeof value === 'string' && isRight(value),
      defaultMessage: () => message,
    },
  });

export const IsTimeZone = (): PropertyDecorator =>
  IsTextLike('isTimeZone', isTimeZone, 'must be a time zone of the IANA database such as Europe/Rome');

export const IsOpeningTime = (): PropertyDecorator =>
  IsTextLike('isOpeningTime', (time) => OPENS.test(time), 'must be a time from 00:00 to 23:59');

export const IsClosingTime = (): PropertyDecorator =>
  ValidateBy({
    name: 'isClosingTime',
    validator: {
      validate: (value, args) =>
        typeof value === 'string' && CLOSES.test(value) && value !== (args?.object as OpenRange | undefined)?.opens,
      defaultMessage: () => 'must be a time from 00:00 to 24:00 and differ from opens; a whole day is 00:00 to 24:00',
    },
  });

/** A date that exists in the calendar. */
export const IsDate = (): PropertyDecorator =>
  IsTextLike('isCalendarDate', isDate, 'must be a date such as 2026-12-25');

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Ranges of which no two on the same day overlap; they may touch. */
export const DoNotOverlap = (): PropertyDecorator =>
  ValidateBy({
    name: 'doNotOverlap',
    validator: {
      validate: (value) => findOverlap(value) === null,
      defaultMessage: (args) => {
        const [one, other] = findOverlap(args?.value)!.map(describe);
        return `must not overlap: ${one} and ${other}; merge them, or shorten one`;
      },
    },
  });

type Range = OpenRange & { day?: string };

function findOverlap(value: unknown): [Range, Range] | null {
  if (!Array.isArray(value)) return null;
  const ranges = value.filter(isWellFormed);
  for (const [i, one] of ranges.entries()) {
    const other = ranges.slice(i + 1).find((each) => each.day === one.day && overlap(one, each));
    if (other !== undefined) return [one, other];
  }
  return null;
}

/** The other ranges get errors from their own rules. */
const isWellFormed = (range: Partial<Range> | null): range is Range =>
  typeof range?.opens === 'string' &&
  typeof range.closes === 'string' &&
  OPENS.test(range.opens) &&
  CLOSES.test(range.closes);

function overlap(one: Range, other: Range): boolean {
  const [a, b] = [toMinutes(one), toMinutes(other)];
  return a.opens < b.closes && b.opens < a.closes;
}

const describe = ({ day, opens, closes }: Range): string => `${day === undefined ? '' : `${day} `}${opens}-${closes}`;
