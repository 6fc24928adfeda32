import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { entryPointsGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { allCampaignsOptions } from '../api/all-campaigns.ts';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { Page } from '../ui/page.tsx';
import { EntryPointEditor } from './entry-point-editor.tsx';

/** Reads what the editor needs: the entry point, unless it is a new one, and the campaigns to choose from. */
export function EntryPointEditorPage() {
  const { t } = useTranslation('entry-points');
  const { id } = useParams({ strict: false }) as { id?: string };
  const campaigns = useQuery(allCampaignsOptions);
  const entryPoint = useQuery({ ...entryPointsGetOptions({ path: { id: id ?? '' } }), enabled: id !== undefined });
  const isNew = id === undefined;
  const failed = [entryPoint, campaigns].find(({ isError, data }) => isError && data === undefined);
  if (failed || campaigns.data === undefined || (!isNew && entryPoint.data === undefined)) {
    return (
      <Page title={t('title')}>
        {failed ? (
          <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
        ) : (
          <ListSkeleton height={140} />
        )}
      </Page>
    );
  }
  return <EntryPointEditor key={id ?? 'new'} entryPoint={entryPoint.data} campaigns={campaigns.data} />;
}
