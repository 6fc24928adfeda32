import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { formatDuration } from './duration.ts';
import { chooseLanguage, type Language } from './languages.ts';

const STORED = 'sms-inbound.language';

/** A language is loaded when it is chosen: each is complete. */
const LOADERS: Record<Language, () => Promise<{ default: Record<string, object> }>> = {
  en: () => import('./en.ts'),
  it: () => import('./it.ts'),
};

export async function setUpI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: startLanguage(),
    resources: {},
    defaultNS: 'ui',
    fallbackLng: false,
    interpolation: { escapeValue: false },
  });
  i18next.services.formatter!.add('duration', (seconds: number, language) => formatDuration(seconds, language));
  await use(startLanguage());
}

export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await use(language);
}

async function use(language: Language): Promise<void> {
  const { default: files } = await LOADERS[language]();
  for (const [path, texts] of Object.entries(files)) {
    i18next.addResourceBundle(language, path.split('/').at(-2)!, texts);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

const startLanguage = (): Language => chooseLanguage(localStorage.getItem(STORED), navigator.languages);
