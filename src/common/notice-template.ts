import { SMS_LIMIT, smsLength } from './segments.js';

export const PLACEHOLDERS = ['entryPoint', 'campaign', 'number', 'customer', 'opensAt'] as const;

/** What the placeholders of a notice stand for. */
export type NoticeValues = Record<(typeof PLACEHOLDERS)[number], string>;

/** The longest possible values: names of 80 emoji, E.164 numbers, and a date in the language with the longest dates. */
const MAX_LENGTH_VALUES: NoticeValues = {
  entryPoint: 'x'.repeat(160),
  campaign: 'x'.repeat(160),
  number: '+'.padEnd(16, '9'),
  customer: '+'.padEnd(16, '9'),
  opensAt: 'x'.repeat(48),
};

/** `{{`, a placeholder, or a brace that is neither. */
const BRACES = /\{\{|\{(\w+)\}|\{/g;

/** Fills in a template, where `{{` stands for a brace. Placeholders within the values are not filled in. */
export const renderNotice = (template: string, values: NoticeValues): string =>
  template.replaceAll(BRACES, (whole, name: string | undefined) => {
    if (name === undefined) return '{';
    return isPlaceholder(name) ? values[name] : whole;
  });

/** What is wrong with a template, to follow the name of its field; null when it is valid. */
export function findTemplateProblem(template: string): string | null {
  if (template.trim() === '') return 'must not be blank; use null for no notice';
  for (const [whole, name] of template.matchAll(BRACES)) {
    if (whole === '{{' || (name !== undefined && isPlaceholder(name))) continue;
    const what = name === undefined ? 'a { without a placeholder' : `the unknown placeholder ${whole}`;
    const known = PLACEHOLDERS.map((each) => `{${each}}`).join(', ');
    return `has ${what}; use ${known}, or {{ for a brace`;
  }
  const length = smsLength(renderNotice(template, MAX_LENGTH_VALUES));
  if (length <= SMS_LIMIT) return null;
  const filled = template.includes('{') ? ' up to' : '';
  return `is${filled} ${length.toLocaleString('en')} characters long; an SMS may have ${SMS_LIMIT.toLocaleString('en')}`;
}

const isPlaceholder = (name: string): name is keyof NoticeValues => (PLACEHOLDERS as readonly string[]).includes(name);
