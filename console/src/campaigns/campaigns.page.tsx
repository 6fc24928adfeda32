import { useQuery } from '@tanstack/react-query';
import { IconFlag, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { ScreenButton } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';
import { allCampaignsOptions } from '../api/all-campaigns.ts';
import { CampaignDrawer } from './campaign-drawer.tsx';
import { CampaignList } from './campaign-list.tsx';

/** The campaigns, and the one that is open in the drawer: `?edit=<id>`, or `?edit=new`. */
export function CampaignsPage() {
  const { t } = useTranslation('campaigns');
  const campaigns = useQuery(allCampaignsOptions);
  const { edit } = useSearch({ strict: false }) as { edit?: string };
  const navigate = useNavigate();
  const edited = campaigns.data?.find(({ id }) => id === edit);
  const addNew = (
    <ScreenButton to="/campaigns" search={{ edit: 'new' }} leftSection={<IconPlus size={16} aria-hidden />}>
      {t('addNew')}
    </ScreenButton>
  );
  return (
    <Page title={t('title')} actions={addNew}>
      {campaigns.isPending && <ListSkeleton />}
      {campaigns.isError && campaigns.data === undefined && (
        <ErrorState error={campaigns.error} onRetry={() => void campaigns.refetch()} />
      )}
      {campaigns.data?.length === 0 && (
        <EmptyState
          icon={<IconFlag size={48} aria-hidden />}
          title={t('empty.title')}
          text={t('empty.text')}
          action={addNew}
        />
      )}
      {campaigns.data && campaigns.data.length > 0 && <CampaignList campaigns={campaigns.data} />}
      {(edit === 'new' || edited !== undefined) && (
        <CampaignDrawer key={edit} campaign={edited} onClose={() => void navigate({ to: '/campaigns', search: {} })} />
      )}
    </Page>
  );
}
