import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const text = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');

/** `src/…` and `test/…` as they are; a spec without a folder is in test/integration/. */
const named = [...text.matchAll(/`([\w./-]+)`/g)]
  .map(([, name]) => name!)
  .filter((name) => /^(src|test|docs|docker|console|scripts)\/|\.spec\.ts$/.test(name))
  .map((name) => (name.includes('/') ? name : `test/integration/${name}`));

/** Each "### T1 Forged webhook", with what is below it. */
const sections = text
  .split(/^(?=#{2,3} )/m)
  .filter((section) => section.startsWith('### '))
  .map((section) => {
    const [heading, ...lines] = section.slice('### '.length).split('\n');
    return { heading: heading!, content: lines.join('\n') };
  });
const numbersOf = (shape: RegExp): number[] =>
  sections.flatMap(({ heading }) => shape.exec(heading)?.[1] ?? []).map(Number);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

/** A control is shown by a test, unless there is nothing to be controlled. */
const LABELS = [/\*\*Control:\*\*\s+(?:- )?[\w`]/, /\*\*Test:\*\*\s+(?:- )?(?:`|not applicable)|\bdoes not apply\b/];

describe('docs/security.md', () => {
  test('names only files that are there', () => {
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test.each([
    ['threat', /^T(\d+)\b/, 26],
    ['risk of the OWASP API Top 10', /^API(\d+)\b/, 10],
    ['chapter of ASVS 5.0', /^V(\d+)\b/, 17],
  ])('has a section for each %s', (_, shape, count) => {
    expect(numbersOf(shape)).toEqual(upTo(count));
  });

  test('names a control and a test in each section', () => {
    const incomplete = sections.filter(({ content }) => !LABELS.every((label) => label.test(content)));
    expect(incomplete.map(({ heading }) => heading)).toEqual([]);
  });
});
