import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';

export function CampaignsPage() {
  const { t } = useTranslation('app');
  return <Page title={t('campaigns')}>{null}</Page>;
}
