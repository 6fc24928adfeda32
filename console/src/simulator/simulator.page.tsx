import { Button, Group, Stack } from '@mantine/core';
import { IconDeviceMobileOff, IconExternalLink, IconLayoutColumns } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { ScreenButton } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';
import { PhoneFrame } from './phone-frame.tsx';
import classes from './simulator.module.css';
import { useAbout } from '../api/about.ts';

// Loaded together: they share nearly all they need.
export { PhonePanel } from './phone-panel.tsx';

/** The simulated Twilio with all its phones; it is a page of the simulator's own. */
export function SimulatorPage() {
  const { t } = useTranslation('simulator');
  const about = useAbout();
  const { to }: { to?: string } = useSearch({ strict: false });
  const url = about.data?.simulatorUrl;
  return (
    <Page title={t('title')} actions={url && <PhoneActions url={url} />}>
      {about.isPending && <ListSkeleton rows={1} height={400} />}
      {about.isError && <ErrorState error={about.error} onRetry={() => void about.refetch()} />}
      {url === null && (
        <EmptyState
          icon={<IconDeviceMobileOff aria-hidden />}
          title={t('real')}
          text={t('realText')}
          action={<ScreenButton to="/entry-points">{t('toEntryPoints')}</ScreenButton>}
        />
      )}
      {url && (
        <Stack className={classes['phone'] ?? ''}>
          <PhoneFrame url={url} to={to} />
        </Stack>
      )}
    </Page>
  );
}

function PhoneActions({ url }: { url: string }) {
  const { t, i18n } = useTranslation('simulator');
  return (
    <Group gap="xs">
      <ScreenButton
        variant="default"
        visibleFrom="md"
        leftSection={<IconLayoutColumns size={16} aria-hidden />}
        to="/desk"
        search={{ phone: 'beside' }}
      >
        {t('besideDesk')}
      </ScreenButton>
      <Button
        component="a"
        href={`${url}/?lang=${i18n.language}`}
        target="_blank"
        rel="noreferrer"
        variant="default"
        leftSection={<IconExternalLink size={16} aria-hidden />}
      >
        {t('ownTab')}
      </Button>
    </Group>
  );
}
