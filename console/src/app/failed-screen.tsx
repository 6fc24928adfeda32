import { Button, Group } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/list-states.tsx';
import { Page } from '../ui/page.tsx';

/**
 * A screen that could not be shown: it broke, or its files are gone because a newer version is there. Both ways on
 * reload the page, since what broke may be what moves between screens.
 */
export function FailedScreen() {
  const { t } = useTranslation('app');
  return (
    <Page title={t('failed')}>
      <div role="alert">
        <EmptyState
          icon={<IconMoodSad aria-hidden />}
          title={t('failedText')}
          text={t('failedHint')}
          action={
            <Group>
              <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
              <Button variant="default" component="a" href="/">
                {t('toStart')}
              </Button>
            </Group>
          }
        />
      </div>
    </Page>
  );
}
