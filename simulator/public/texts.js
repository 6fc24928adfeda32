const LANGUAGES = new Set(['en', 'it']);

const wanted = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
export const language = wanted.map((tag) => tag?.slice(0, 2)).find((tag) => LANGUAGES.has(tag)) ?? 'en';

const texts = await (await fetch(`/${language}.json`)).json();
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

/** The text with this name and its `{values}` filled in; a `count` selects the plural form. */
export function t(name, values = {}) {
  const text = values.count === undefined ? at(name) : (at(`${name}_${plurals.select(values.count)}`) ?? at(name));
  return (text ?? name).replace(/\{(\w+)\}/g, (_, key) =>
    typeof values[key] === 'number' ? numbers.format(values[key]) : values[key],
  );
}

export const hasText = (name) => typeof at(name) === 'string';

const at = (name) => name.split('.').reduce((inside, key) => inside?.[key], texts);

export const clock = (at) => new Date(at).toLocaleTimeString(language, { timeStyle: 'medium' });

/** Fills in the static texts of the page. */
export function fillPage() {
  document.documentElement.lang = language;
  document.title = t('title');
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll('[data-t-label]'))
    element.setAttribute('aria-label', t(element.dataset.tLabel));
  for (const element of document.querySelectorAll('[data-t-placeholder]'))
    element.placeholder = t(element.dataset.tPlaceholder);
}
