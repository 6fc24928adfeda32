import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/list-states.tsx';
import { ScreenButton } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';

/** A screen that is not for agents. */
export function AdminsOnly({ screen }: { screen: string }) {
  const { t } = useTranslation('app');
  return (
    <Page title={screen}>
      <EmptyState
        icon={<IconLock aria-hidden />}
        title={t('adminsOnly')}
        text={t('adminsOnlyText')}
        action={<ScreenButton to="/desk">{t('toDesk')}</ScreenButton>}
      />
    </Page>
  );
}
