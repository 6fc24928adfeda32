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

/** The first cells of the rows of all tables. */
const rows = [...text.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, cell]) => cell!);
const numbersOf = (shape: RegExp): number[] => [
  ...new Set(rows.flatMap((cell) => shape.exec(cell)?.[1] ?? []).map(Number)),
];
const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

describe('docs/security.md', () => {
  test('names only files that are there', () => {
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test.each([
    ['threat', /^T(\d+)\b/, 26],
    ['risk of the OWASP API Top 10', /^API(\d+)\b/, 10],
    ['chapter of ASVS 5.0', /^V(\d+)\b/, 17],
  ])('has a row for each %s', (_, shape, count) => {
    expect(numbersOf(shape)).toEqual(upTo(count));
  });
});
