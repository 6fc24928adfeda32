import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';

export function ActivityPage() {
  const { t } = useTranslation('app');
  return <Page title={t('activity')}>{null}</Page>;
}
