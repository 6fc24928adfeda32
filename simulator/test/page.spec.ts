import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../public');
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const files = readdirSync(FOLDER).filter((name) => /\.(js|html)$/.test(name));

/** Lists each text as `burst.done: ms rate total`: its name and its placeholders. Plural forms count as one text. */
function textsOf(language: string): string[] {
  const texts: string[] = [];
  const visit = (value: string | object, path: string): void => {
    if (typeof value !== 'string') {
      for (const [key, inside] of Object.entries(value)) visit(inside, path ? `${path}.${key}` : key);
      return;
    }
    expect([path, value.trim()]).not.toEqual([path, '']);
    const placeholders = new Set([...value.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
    placeholders.delete('count');
    texts.push(`${path.replace(/_(one|many|other)$/, '')}: ${[...placeholders].toSorted().join(' ')}`);
  };
  visit(JSON.parse(read(`${language}.json`)), '');
  return [...new Set(texts)].toSorted();
}

describe('the texts of the page', () => {
  it('exist in Italian and in English, with the same placeholders', () => {
    expect(textsOf('it')).toEqual(textsOf('en'));
  });

  it.each(['en', 'it'])('include every text that the page uses, in %s', (language) => {
    const names = new Set(textsOf(language).map((text) => text.split(':')[0]!));
    const used = files.flatMap((name) =>
      [...read(name).matchAll(/data-t(?:-\w+)?="([\w.]+)"|\bt\('([\w.]+)'/g)].map((match) => match[1] ?? match[2]!),
    );
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter((name) => !names.has(name))).toEqual([]);
  });

  it('are not written into the HTML', () => {
    const [page] = files.filter((name) => name === 'index.html').map(read);
    const words = page!
      .replace(/<(button type="button" data-word)[^>]*>[^<]*/g, '')
      .replace(/<title>.*<\/title>/, '')
      .matchAll(/>([^<>]*[a-z][^<>]*)</gi);
    expect([...words].map(([, text]) => text!.trim())).toEqual([]);
  });
});
