import { Group } from '@mantine/core';
import { IconPhoneIncoming, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CampaignDto } from '../api/generated/types.gen.ts';
import { useSimulatorUrl } from '../api/about.ts';
import { ScreenButton } from '../ui/links.tsx';
import { EmptyState } from '../ui/list-states.tsx';
import { CreateDemo } from './create-demo.tsx';

/** The board before there is anything on it. */
export function NoEntryPoints({ campaigns }: { campaigns: CampaignDto[] }) {
  const { t } = useTranslation('entry-points');
  const isSimulated = useSimulatorUrl() !== null;
  const hasCampaigns = campaigns.length > 0;
  return (
    <EmptyState
      icon={<IconPhoneIncoming size={48} aria-hidden />}
      title={t('empty.title')}
      text={t(hasCampaigns ? 'empty.text' : 'empty.campaignFirst')}
      action={
        <Group gap="xs" justify="center" align="start">
          {hasCampaigns ? (
            <ScreenButton to="/entry-points/new" leftSection={<IconPlus size={16} aria-hidden />}>
              {t('addNew')}
            </ScreenButton>
          ) : (
            <ScreenButton to="/campaigns" search={{ edit: 'new' }}>
              {t('empty.addCampaign')}
            </ScreenButton>
          )}
          {isSimulated && <CreateDemo campaigns={campaigns} />}
        </Group>
      }
    />
  );
}
