import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import type { CampaignForm } from './campaign-form.ts';

/** What a person calls the field at a path: `languageSettings.0.stopWords` → `Words that opt out, English (US)`. */
export function useFieldName({ languageSettings }: CampaignForm): (path: string) => string {
  const { t } = useTranslation('campaigns');
  const { languageName } = useFormat();
  return (path) => {
    const [field = '', index, inner] = path.split('.');
    const language = field === 'languageSettings' ? languageSettings[Number(index)]?.language : undefined;
    if (language === undefined || inner === undefined) return t(`field.${field}`, { defaultValue: path });
    return `${t(`field.${inner}`, { defaultValue: inner })}, ${languageName(language)}`;
  };
}
