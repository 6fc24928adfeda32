import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../public');
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const files = readdirSync(FOLDER).filter((name) => /\.(js|html)$/.test(name));

/** `burst.done: ms rate total` for each text: its name, and what is filled in. Plural forms count as one. */
function textsOf(language: string): string[] {
  const texts: string[] = [];
  const visit = (value: string | object, path: string): void => {
    if (typeof value !== 'string') {
      for (const [key, inside] of Object.entries(value)) visit(inside, path ? `${path}.${key}` : key);
      return;
    }
    expect([path, value.trim()]).not.toEqual([path, '']);
    const filledIn = new Set([...value.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
    filledIn.delete('count');
    texts.push(`${path.replace(/_(one|many|other)$/, '')}: ${[...filledIn].toSorted().join(' ')}`);
  };
  visit(JSON.parse(read(`${language}.json`)), '');
  return [...new Set(texts)].toSorted();
}

describe('the texts of the page', () => {
  it('are the same in Italian and in English', () => {
    expect(textsOf('it')).toEqual(textsOf('en'));
  });

  it.each(['en', 'it'])('have what the page asks for, in %s', (language) => {
    const names = new Set(textsOf(language).map((text) => text.split(':')[0]!));
    const asked = files.flatMap((name) =>
      [...read(name).matchAll(/data-t(?:-\w+)?="([\w.]+)"|\bt\('([\w.]+)'/g)].map((match) => match[1] ?? match[2]!),
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((name) => !names.has(name))).toEqual([]);
  });

  it('stand in no other file', () => {
    const [page] = files.filter((name) => name === 'index.html').map(read);
    const words = page!
      .replace(/<(button type="button" data-word)[^>]*>[^<]*/g, '')
      .replace(/<title>.*<\/title>/, '')
      .matchAll(/>([^<>]*[a-z][^<>]*)</gi);
    expect([...words].map(([, text]) => text!.trim())).toEqual([]);
  });
});
