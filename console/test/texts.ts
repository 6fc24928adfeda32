import { createInstance, type TFunction } from 'i18next';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = join(import.meta.dirname, '../src');
const english = createInstance();

await english.init({
  lng: 'en',
  fallbackLng: false,
  interpolation: { escapeValue: false },
  resources: {
    en: Object.fromEntries(
      globSync('*/en.json', { cwd: SOURCES }).map((file) => [
        file.split('/')[0]!,
        JSON.parse(readFileSync(join(SOURCES, file), 'utf8')) as object,
      ]),
    ),
  },
});

/** What the console says in English; what it has no text for comes back as the key. */
export const englishOf = (namespace: string): TFunction => english.getFixedT('en', namespace);
