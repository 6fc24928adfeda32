import { Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { allCampaignsOptions } from '../api/all-campaigns.ts';
import { ScreenButton } from '../ui/links.tsx';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { Page } from '../ui/page.tsx';
import { allEntryPointsOptions } from '../api/all-entry-points.ts';
import { Board } from './board.tsx';
import { DisableAllBox } from './disable-all.tsx';

/** The board: every entry point, and whether SMS get through to it. */
export function EntryPointsPage() {
  const { t } = useTranslation('entry-points');
  const entryPoints = useQuery(allEntryPointsOptions);
  const campaigns = useQuery(allCampaignsOptions);
  const failed = [entryPoints, campaigns].find(({ isError, data }) => isError && data === undefined);
  return (
    <Page
      title={t('title')}
      actions={
        <Group>
          {(entryPoints.data?.length ?? 0) > 0 && <DisableAllBox />}
          <ScreenButton to="/entry-points/new" leftSection={<IconPlus size={16} aria-hidden />}>
            {t('addNew')}
          </ScreenButton>
        </Group>
      }
    >
      {failed && <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && (entryPoints.data === undefined || campaigns.data === undefined) && (
        <ListSkeleton rows={3} height={180} />
      )}
      {entryPoints.data && campaigns.data && <Board entryPoints={entryPoints.data} campaigns={campaigns.data} />}
    </Page>
  );
}
