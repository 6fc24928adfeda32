import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/list-states.tsx';
import { ScreenButton } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation('app');
  return (
    <Page title={t('notFound')}>
      <EmptyState
        icon={<IconMapQuestion aria-hidden />}
        title={t('notFoundText')}
        action={<ScreenButton to="/">{t('toStart')}</ScreenButton>}
      />
    </Page>
  );
}
