import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignDto } from '../api/generated/types.gen.ts';
import { allEntryPointsOptions } from '../api/all-entry-points.ts';
import { useFormat } from '../i18n/format.ts';
import { ScreenLink } from '../ui/links.tsx';
import { CampaignMenu } from './campaign-menu.tsx';

export function CampaignList({ campaigns }: { campaigns: CampaignDto[] }) {
  const { t } = useTranslation('campaigns');
  const entryPoints = useQuery(allEntryPointsOptions).data;
  return (
    <Stack gap="xs" role="list" aria-label={t('title')}>
      {campaigns.map((campaign) => (
        <CampaignRow
          key={campaign.id}
          campaign={campaign}
          entryPoints={entryPoints?.filter(({ campaignId }) => campaignId === campaign.id).length}
        />
      ))}
    </Stack>
  );
}

function CampaignRow({ campaign, entryPoints }: { campaign: CampaignDto; entryPoints: number | undefined }) {
  const { t } = useTranslation('campaigns');
  const { number } = useFormat();
  const { id, name } = campaign;
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between" wrap="nowrap" align="start">
        <Stack gap="xs" miw={0}>
          <ScreenLink to="/campaigns" search={{ edit: id }} fw={600} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{name}</bdi>
          </ScreenLink>
          <Languages campaign={campaign} />
          <Group gap="xs">
            <CampaignState campaign={campaign} />
            {entryPoints !== undefined && (
              <ScreenLink to="/entry-points" search={{ campaignId: id }} size="sm">
                {t('entryPointCount', { count: entryPoints, shown: number(entryPoints) })}
              </ScreenLink>
            )}
          </Group>
        </Stack>
        <CampaignMenu campaign={campaign} />
      </Group>
    </Paper>
  );
}

function Languages({ campaign: { languages, defaultLanguage } }: { campaign: CampaignDto }) {
  const { t } = useTranslation('campaigns');
  const { languageName } = useFormat();
  return (
    <Group gap={4}>
      {languages.map((tag) => (
        <Badge key={tag} title={tag} color={tag === defaultLanguage ? 'indigo' : 'gray'}>
          {languages.length > 1 && tag === defaultLanguage
            ? t('default', { language: languageName(tag) })
            : languageName(tag)}
        </Badge>
      ))}
    </Group>
  );
}

function CampaignState({ campaign: { smsInboundEnabled, openingHours, isOpen, opensAt } }: { campaign: CampaignDto }) {
  const { t } = useTranslation('campaigns');
  const { dateTime } = useFormat();
  const opening = opensAt === null ? t('closed') : t('closedUntil', { at: dateTime(opensAt) });
  return (
    <>
      <Badge color={smsInboundEnabled ? 'green' : 'gray'}>{t(smsInboundEnabled ? 'on' : 'off')}</Badge>
      <Text size="sm" c="dimmed">
        {openingHours === null ? t('alwaysOpen') : isOpen ? t('openNow') : opening}
      </Text>
    </>
  );
}
