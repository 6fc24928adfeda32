import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['en', 'it'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'sms-inbound.language';

/** Each feature keeps its texts beside its screens: `desk/en.json` is the namespace `desk`. */
const files = import.meta.glob<Record<string, unknown>>('../*/{en,it}.json', { eager: true, import: 'default' });

export async function setUpI18n(): Promise<void> {
  const resources: Record<string, Record<string, object>> = { en: {}, it: {} };
  for (const [path, texts] of Object.entries(files)) {
    const [, namespace, language] = /\.\.\/([^/]+)\/(\w+)\.json$/.exec(path)!;
    resources[language!]![namespace!] = texts;
  }
  await i18next.use(initReactI18next).init({
    resources,
    lng: startLanguage(),
    fallbackLng: 'en',
    defaultNS: 'ui',
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language;
}

export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

function startLanguage(): Language {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return (
    LANGUAGES.find(
      (language) => wanted.includes(language) && wanted.find((tag) => LANGUAGES.includes(tag as Language)) === language,
    ) ?? 'en'
  );
}
