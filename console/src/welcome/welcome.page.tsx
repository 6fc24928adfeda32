import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';

export function WelcomePage() {
  const { t } = useTranslation('app');
  return <Page title={t('welcome')}>{null}</Page>;
}
