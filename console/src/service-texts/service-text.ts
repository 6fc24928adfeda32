import { useTranslation } from 'react-i18next';

export type Params = Record<string, string | number>;

/**
 * What the service says in English, in the language of the console; undefined where that is English.
 * @param key what it says, by its code, such as `problems.number_in_use`
 */
export function useServiceText(): (key: string, params?: Params) => string | undefined {
  const { t, i18n } = useTranslation('service-texts');
  return (key, params = {}) => (i18n.exists(`service-texts:${key}`, params) ? t(key, params) : undefined);
}
