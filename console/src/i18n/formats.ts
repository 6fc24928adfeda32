import { formatDuration } from './duration.ts';

/** Dates, numbers and names of languages in a language. */
export function formatsOf(language: string) {
  return {
    number: (value: number) => new Intl.NumberFormat(language).format(value),
    time: (at: string | Date) => new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(at)),
    date: (at: string | Date) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(at)),
    dateTime: (at: string | Date) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at)),
    /** `5 minutes ago`; the largest unit that fits. */
    ago: (at: string | Date, now = Date.now()) => {
      const seconds = (new Date(at).getTime() - now) / 1_000;
      const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? UNITS.at(-1)!;
      return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
    },
    duration: (seconds: number) => formatDuration(seconds, language),
    /** `en-US` → `English (US)`. */
    languageName: (tag: string) =>
      new Intl.DisplayNames(language, { type: 'language', style: 'short', languageDisplay: 'standard' }).of(tag) ?? tag,
    bytes: (size: number) => {
      const [unit, bytes, maximumFractionDigits] = SIZES.find(([, least]) => size >= least) ?? SIZES.at(-1)!;
      return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits }).format(size / bytes);
    },
  };
}

const SIZES: [unit: string, bytes: number, maximumFractionDigits: number][] = [
  ['megabyte', 1e6, 1],
  ['kilobyte', 1e3, 0],
  ['byte', 1, 0],
];

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];
