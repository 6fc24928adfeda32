type Unit = 'x' | '/s' | 'ms' | 's' | 'MB' | '%' | 'cores' | 'bytes' | '';

/** The range that a figure should be in. The results say whether it is; a miss does not stop the bench. */
export interface Target {
  atLeast?: number;
  below?: number;
  /** Marks a promise rather than a speed: if it is not kept, the bench fails. */
  must?: boolean;
}

export interface Figure {
  /** Its name in results.json. */
  id: string;
  what: string;
  value: number;
  unit: Unit;
  target?: Target;
}

const inUnit =
  (unit: Unit) =>
  (id: string, what: string, value: number, target?: Target): Figure => ({
    id,
    what,
    value,
    unit,
    ...(target !== undefined && { target }),
  });
export const perSecond = inUnit('/s');
export const ratio = inUnit('x');
export const milliseconds = inUnit('ms');
export const seconds = inUnit('s');
export const megabytes = inUnit('MB');
export const bytes = inUnit('bytes');
export const percent = inUnit('%');
export const cores = inUnit('cores');
export const count = inUnit('');

export interface Report {
  title: string;
  /** How it was measured, in a sentence or two. */
  how: string;
  figures: Figure[];
  /** Markdown. */
  appendix?: string;
}

/** For counts of errors such as lost or duplicate SMS: none may occur, at any speed. */
export const NONE: Target = { below: 1, must: true };

export function isMet({ value, target = {} }: Figure): boolean {
  const { atLeast = -Infinity, below = Infinity } = target;
  return value >= atLeast && value < below;
}

export const failedPromises = (reports: Report[]): Figure[] =>
  reports.flatMap(({ figures }) => figures).filter((figure) => figure.target?.must === true && !isMet(figure));

export function formatValue({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  const digits =
    unit === 'x' || unit === 's' || unit === 'cores' ? 2 : Math.abs(value) < 100 && !Number.isInteger(value) ? 1 : 0;
  const number = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === '' || unit === '/s' || unit === 'x' ? `${number}${unit}` : `${number} ${unit}`;
}

export function formatTarget({ target, unit }: Figure): string {
  if (target?.atLeast !== undefined) return `at least ${formatValue({ value: target.atLeast, unit })}`;
  if (target?.below !== undefined)
    return target.below === 1 && unit === '' ? '0' : `below ${formatValue({ value: target.below, unit })}`;
  return '';
}

export const verdictOn = (figure: Figure): string =>
  figure.target === undefined ? '' : isMet(figure) ? 'met' : '**not met**';

/** A report as lines for a terminal. */
export function toLines({ title, figures }: Report): string[] {
  const width = Math.max(...figures.map(({ what }) => what.length));
  return [
    title,
    ...figures.map((figure) => {
      const target = formatTarget(figure);
      const verdict = target === '' ? '' : `   (${target}: ${verdictOn(figure).replaceAll('*', '')})`;
      return `  ${figure.what.padEnd(width)}  ${formatValue(figure).padStart(12)}${verdict}`;
    }),
  ];
}
