import { Box, Button, Center, Group, Paper } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignDto, EntryPointDto } from '../api/generated/types.gen.ts';
import { ScreenLink } from '../ui/links.tsx';
import { EmptyState } from '../ui/list-states.tsx';
import { useTrafficToday } from './traffic-today.ts';
import { NoEntryPoints } from './board-empty.tsx';
import { filterEntryPoints } from './board-filters.ts';
import { useBoardFilters } from './use-board-filters.ts';
import { BoardToolbar } from './board-toolbar.tsx';
import { EntryPointCard } from './entry-point-card.tsx';
import { useSmsInbound } from './sms-inbound.ts';

/** Thousands of boxes at once would make the screen slow. */
const AT_ONCE = 60;

export function Board({ entryPoints, campaigns }: { entryPoints: EntryPointDto[]; campaigns: CampaignDto[] }) {
  const { t } = useTranslation('entry-points');
  const traffic = useTrafficToday();
  const areAllDisabled = useSmsInbound()?.enabled === false;
  const { filters, clear } = useBoardFilters();
  const [most, setMost] = useState(AT_ONCE);
  if (entryPoints.length === 0) return <NoEntryPoints campaigns={campaigns} />;
  const found = filterEntryPoints(entryPoints, filters);
  const campaignOf = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  return (
    <>
      <BoardToolbar campaigns={campaigns} entryPoints={entryPoints} shown={found.length} />
      {found.length === 0 && (
        <EmptyState title={t('noneFound')} action={<Button onClick={clear}>{t('filter.clearAll')}</Button>} />
      )}
      <Box
        style={{
          display: 'grid',
          gap: 'var(--mantine-spacing-md)',
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 280px), 1fr))',
        }}
      >
        {found.slice(0, most).map((entryPoint) => (
          <EntryPointCard
            key={entryPoint.id}
            entryPoint={entryPoint}
            campaign={campaignOf.get(entryPoint.campaignId)}
            traffic={traffic?.get(entryPoint.id)}
            areAllDisabled={areAllDisabled}
          />
        ))}
        {found.length > 0 && found.length <= most && <AddNewBox />}
      </Box>
      {found.length > most && (
        <Center mt="md">
          <Button variant="default" onClick={() => setMost(most + AT_ONCE)}>
            {t('ui:loadMore')}
          </Button>
        </Center>
      )}
    </>
  );
}

function AddNewBox() {
  const { t } = useTranslation('entry-points');
  return (
    <Paper withBorder mih={180} style={{ borderStyle: 'dashed' }}>
      <ScreenLink to="/entry-points/new" display="block" h="100%">
        <Center h="100%" mih={180}>
          <Group gap="xs">
            <IconPlus size={18} aria-hidden />
            {t('addNew')}
          </Group>
        </Center>
      </ScreenLink>
    </Paper>
  );
}
