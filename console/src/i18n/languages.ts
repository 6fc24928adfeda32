export const LANGUAGES = ['en', 'it'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * What was chosen here before, else the first of the browser's languages that the console speaks.
 * @param stored null when nothing was chosen
 */
export function chooseLanguage(stored: string | null, ofBrowser: readonly string[]): Language {
  const wanted = [stored, ...ofBrowser].map((tag) => tag?.slice(0, 2));
  return wanted.find((tag): tag is Language => (LANGUAGES as readonly unknown[]).includes(tag)) ?? 'en';
}
