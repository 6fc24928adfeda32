import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';

export function DeskPage() {
  const { t } = useTranslation('app');
  return <Page title={t('desk')}>{null}</Page>;
}
