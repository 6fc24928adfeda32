const UNITS: [unit: string, seconds: number][] = [
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** `40 seconds`, `12 minutes`, `3 hours`: in the largest unit of which there are two. */
export function formatDuration(seconds: number, language: string | undefined): string {
  const [unit, size] = UNITS.find(([, each]) => seconds >= 2 * each) ?? UNITS.at(-1)!;
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.floor(seconds / size),
  );
}
