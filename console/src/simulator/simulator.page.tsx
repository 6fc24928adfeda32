import { Button, Group, Stack } from '@mantine/core';
import { IconDeviceMobileOff, IconExternalLink, IconLayoutColumns } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { ScreenButton } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';
import classes from './simulator.module.css';
import { useAbout } from './simulator-url.ts';

/** The phone of the simulated Twilio; it is a page of the simulator's own. */
export function SimulatorPage() {
  const { t } = useTranslation('simulator');
  const about = useAbout();
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
          <iframe src={url} title={t('frame')} className={classes['frame']} />
        </Stack>
      )}
    </Page>
  );
}

/** The desk does not let itself be framed: it stands beside the phone in a window of its own. */
function PhoneActions({ url }: { url: string }) {
  const { t } = useTranslation('simulator');
  return (
    <Group gap="xs">
      <Button
        variant="default"
        visibleFrom="sm"
        leftSection={<IconLayoutColumns size={16} aria-hidden />}
        onClick={openDeskBeside}
      >
        {t('openDesk')}
      </Button>
      <Button
        component="a"
        href={url}
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

function openDeskBeside(): void {
  const { availWidth, availHeight } = window.screen;
  const width = Math.round(availWidth / 2);
  window.open(
    '/desk',
    'sms-inbound-desk',
    `popup,width=${width},height=${availHeight},left=${availWidth - width},top=0`,
  );
}
