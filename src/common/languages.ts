/**
 * The canonical form of a BCP 47 language tag: `PT-br` → `pt-BR`.
 * @returns null when it is not well-formed or its language is unknown
 */
export function canonicalLanguage(tag: string): string | null {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (canonical === undefined) return null;
    const { language } = new Intl.Locale(canonical);
    return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language) ? canonical : null;
  } catch {
    // RangeError: not well-formed.
    return null;
  }
}
