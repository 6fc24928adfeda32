import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { divide } from '../../scripts/run-specs.ts';
import { findSpecFiles, projectsOf, proofOf } from '../../scripts/spec-files.ts';
import { PROOFS } from '../../scripts/proof-table.ts';

const root = join(import.meta.dirname, '../..');
const files = findSpecFiles();

describe('Every spec file', () => {
  test('is found', () => expect(files.length).toBeGreaterThan(150));

  test('is in one ring: run by npm test, or by one proof', () => {
    expect(files.filter((file) => projectsOf(file).length !== 1)).toEqual([]);
  });

  test('of a proof belongs to one that npm run proofs knows', () => {
    const known = new Set<string | null>([null, ...PROOFS.map(({ name }) => name)]);
    expect(files.filter((file) => !known.has(proofOf(file)))).toEqual([]);
  });
});

describe.each(PROOFS)('The proof $name', ({ name, shows, folders }) => {
  test('has spec files', () => expect(files.filter((file) => proofOf(file) === name)).not.toEqual([]));

  test('names folders that exist', () => {
    expect(folders.filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
  });

  test('is in the table of CONTRIBUTING.md', () => {
    const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
    const row = contributing.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    const cells = row
      ?.split('|')
      .map((cell) => cell.trim())
      .slice(2, 4);
    expect(cells).toEqual([shows, folders.map((folder) => `\`${folder}\``).join(' ')]);
  });
});

test('Files are divided so that each runner has about the same to do', () => {
  const seconds = { a: 10, b: 7, c: 4, d: 3 };
  expect(divide(['d', 'c', 'b', 'a'], 2, seconds)).toEqual([
    ['a', 'd'],
    ['b', 'c'],
  ]);
  expect(divide(['a', 'new'], 3, seconds)).toEqual([['a'], ['new']]);
});
