import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';

export function HealthPage() {
  const { t } = useTranslation('app');
  return <Page title={t('health')}>{null}</Page>;
}
