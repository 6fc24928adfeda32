import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = join(import.meta.dirname, '../../console/src');
const NAMESPACES = globSync('*/en.json', { cwd: SOURCES }).map((file) => file.split('/')[0]!);

/** `list.empty: {{count}}` for each text: its name, and what is filled in. Plural forms count as one. */
function textsOf(namespace: string, language: string): string[] {
  const texts: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      const filledIn = [...value.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name!);
      texts.push(
        `${path.replace(/_(zero|one|two|few|many|other)$/, '')}: ${[...new Set(filledIn)]
          .filter((name) => name !== 'count')
          .toSorted()
          .join(' ')}`,
      );
    } else for (const [key, inside] of Object.entries(value as object)) visit(inside, `${path}.${key}`);
  };
  visit(JSON.parse(readFileSync(join(SOURCES, namespace, `${language}.json`), 'utf8')), namespace);
  return [...new Set(texts)].toSorted();
}

test.each(NAMESPACES)('%s says in Italian all that it says in English', (namespace) => {
  expect(textsOf(namespace, 'en').length).toBeGreaterThan(0);
  expect(textsOf(namespace, 'it')).toEqual(textsOf(namespace, 'en'));
});
