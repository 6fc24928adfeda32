export const PLACEHOLDERS = ['entryPoint', 'campaign', 'number', 'customer', 'opensAt'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What the placeholders of a notice stand for. */
export type NoticeValues = Record<Placeholder, string>;

/** `{{`, a placeholder, or a brace that is neither. */
const BRACES = /\{\{|\{(\w+)\}|\{/g;
/** A Wednesday in September: few days and months have longer names. */
const OPENING = new Date('2026-09-23T09:00:00Z');
const LONG_NUMBER = '+999999999999999';

const isPlaceholder = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name);

/** The text that a customer reads; `{{` gives a brace. */
export const fillIn = (template: string, values: NoticeValues): string =>
  template.replaceAll(BRACES, (whole, name: string | undefined) => {
    if (name === undefined) return '{';
    return isPlaceholder(name) ? values[name] : whole;
  });

/** What is written in braces but stands for nothing; null when all is well. A lone brace is `{`. */
export function findUnknownPlaceholder(template: string): string | null {
  for (const [whole, name] of template.matchAll(BRACES)) {
    if (whole !== '{{' && (name === undefined || !isPlaceholder(name))) return whole;
  }
  return null;
}

/** Stand-ins, long ones, for what is known only when a notice is sent. */
export const sampleValues = (
  known: Pick<NoticeValues, 'entryPoint' | 'campaign'> & { number?: string; language: string },
): NoticeValues => ({
  entryPoint: known.entryPoint,
  campaign: known.campaign,
  number: known.number ?? LONG_NUMBER,
  customer: LONG_NUMBER,
  opensAt: describeOpening(known.language),
});

/** Without the blanks that do not break, as the service writes it: one would make the whole text UCS-2. */
const describeOpening = (language: string): string =>
  new Intl.DateTimeFormat(language === '' ? undefined : language, {
    timeZone: 'UTC',
    hourCycle: 'h23',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(OPENING)
    .replaceAll(/[\u00a0\u202f]/g, ' ')
    .replaceAll(/[\u200e\u200f\u061c]/g, '');
