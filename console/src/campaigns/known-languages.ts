/** What people write SMS in, and where tags of a country are in use. Any other BCP 47 tag can be typed. */
const TAGS = `
  af am ar ar-AE ar-DZ ar-EG ar-IQ ar-JO ar-KW ar-LB ar-MA ar-QA ar-SA ar-TN az be bg bn bn-BD bn-IN bs ca cs cy da
  de de-AT de-CH de-DE el en en-AU en-CA en-GB en-IE en-IN en-NG en-NZ en-PH en-SG en-US en-ZA
  es es-419 es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-ES es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-PY es-SV es-US
  es-UY es-VE et eu fa fi fil fr fr-BE fr-CA fr-CH fr-FR fr-LU fr-MA fr-SN ga gl gu ha he hi hr ht hu hy id ig is
  it it-CH it-IT ja ka kk km kn ko ku ky lb lo lt lv mk ml mn mr ms mt my nb ne nl nl-BE nl-NL nn no om or pa pl ps
  pt pt-AO pt-BR pt-MZ pt-PT ro ro-MD ro-RO ru ru-RU rw sd si sk sl so sq sr sr-Cyrl sr-Latn sv sv-FI sv-SE sw ta te tg
  th ti tk tr tt ug uk ur uz uz-Latn vi xh yi yo zh-Hans zh-Hans-CN zh-Hans-SG zh-Hant zh-Hant-HK zh-Hant-TW zu`;

export const KNOWN_LANGUAGES = TAGS.trim().split(/\s+/);

/**
 * The canonical form of a tag that somebody has typed, `PT-br` → `pt-BR`; null when it is none. Whether there is such a
 * language the service knows: browsers lack the names of many.
 */
export function canonicalLanguage(typed: string): string | null {
  try {
    const [tag] = Intl.getCanonicalLocales(typed.trim());
    return tag !== undefined && /^[a-z]{2,3}(-|$)/.test(tag) ? tag : null;
  } catch {
    // RangeError: not well-formed.
    return null;
  }
}

/** What it is called where it is spoken. */
export const ownName = (tag: string): string => new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
