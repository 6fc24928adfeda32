import { describe, expect, test } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const NOT_OURS = new Set(['node_modules', 'dist', '.data', '.git']);

interface Reference {
  from: string;
  to: string;
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const find = (pattern: string): string[] => globSync(pattern, { cwd: ROOT, exclude: (path) => isNotOurs(path) });
const isNotOurs = (path: string): boolean => path.split('/').some((part) => NOT_OURS.has(part));

function findReferences(files: string, shape: RegExp, textOf: (path: string) => string = read): Reference[] {
  return find(files).flatMap((from) => [...textOf(from).matchAll(shape)].map(([, to]) => ({ from, to: to! })));
}

const CODE = /^```.*?^```$|`[^`\n]*`/gms;
const readProse = (path: string): string => read(path).replace(CODE, '');

/** As GitHub makes them: in small letters, hyphens for spaces, no punctuation. */
const anchorsOf = (path: string): string[] =>
  [...readFileSync(path, 'utf8').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

function leadsSomewhere({ from, to }: Reference): boolean {
  const [path, anchor] = to.split('#');
  const target = path === '' ? join(ROOT, from) : resolve(ROOT, dirname(from), path!);
  return existsSync(target) && (anchor === undefined || anchorsOf(target).includes(anchor));
}

describe('Links', () => {
  test('of documents lead to files and headings that exist', () => {
    const links = findReferences('**/*.md', /\]\(([^)\s]+)\)/g, readProse).filter(({ to }) => !/^[a-z]+:/.test(to));
    expect(links.length).toBeGreaterThan(50);
    expect(links.filter((link) => !leadsSomewhere(link))).toEqual([]);
  });

  test('of comments lead to decisions that exist', () => {
    const links = findReferences('**/*.{ts,tsx}', /(docs\/decisions\/\d[\w-]*\.md)/g);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter(({ to }) => !existsSync(join(ROOT, to)))).toEqual([]);
  });
});
