import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';

export function SimulatorPage() {
  const { t } = useTranslation('app');
  return <Page title={t('simulator')}>{null}</Page>;
}
