import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';

export function EntryPointEditorPage() {
  const { t } = useTranslation('app');
  return <Page title={t('entryPoints')}>{null}</Page>;
}
