import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignDto } from '../api/generated/types.gen.ts';
import { allEntryPointsOptions } from '../entry-points/all-entry-points.ts';
import { useFormat } from '../i18n/format.ts';
import { ScreenLink } from '../ui/links.tsx';
import { CampaignMenu } from './campaign-menu.tsx';

export function CampaignTable({ campaigns }: { campaigns: CampaignDto[] }) {
  const { t } = useTranslation('campaigns');
  const entryPoints = useQuery(allEntryPointsOptions).data;
  return (
    <Table.ScrollContainer
      minWidth={720}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': t('title') } }}
    >
      <Table verticalSpacing="sm" aria-label={t('title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('field.name')}</Table.Th>
            <Table.Th>{t('field.languages')}</Table.Th>
            <Table.Th>{t('entryPoints')}</Table.Th>
            <Table.Th>{t('state')}</Table.Th>
            <Table.Th>{t('actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {campaigns.map((campaign) => (
            <CampaignRow
              key={campaign.id}
              campaign={campaign}
              entryPoints={entryPoints?.filter(({ campaignId }) => campaignId === campaign.id).length}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function CampaignRow({ campaign, entryPoints }: { campaign: CampaignDto; entryPoints: number | undefined }) {
  const { t } = useTranslation('campaigns');
  const { languageName, number } = useFormat();
  const { id, name, languages, defaultLanguage } = campaign;
  return (
    <Table.Tr>
      <Table.Td miw={120} style={{ overflowWrap: 'anywhere' }}>
        <ScreenLink to="/campaigns" search={{ edit: id }} size="sm" fw={600}>
          <bdi>{name}</bdi>
        </ScreenLink>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {languages.map((tag) => (
            <Badge key={tag} title={tag} color={tag === defaultLanguage ? 'indigo' : 'gray'}>
              {languages.length > 1 && tag === defaultLanguage
                ? t('default', { language: languageName(tag) })
                : languageName(tag)}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        {entryPoints === undefined ? (
          '…'
        ) : (
          <ScreenLink to="/entry-points" search={{ campaignId: id }} size="sm">
            {t('entryPointCount', { count: entryPoints, shown: number(entryPoints) })}
          </ScreenLink>
        )}
      </Table.Td>
      <Table.Td>
        <CampaignState campaign={campaign} />
      </Table.Td>
      <Table.Td>
        <CampaignMenu campaign={campaign} />
      </Table.Td>
    </Table.Tr>
  );
}

function CampaignState({ campaign: { smsInboundEnabled, openingHours, isOpen, opensAt } }: { campaign: CampaignDto }) {
  const { t } = useTranslation('campaigns');
  const { dateTime } = useFormat();
  const opening = opensAt === null ? t('closed') : t('closedUntil', { at: dateTime(opensAt) });
  return (
    <Stack gap={2} align="flex-start">
      <Badge color={smsInboundEnabled ? 'green' : 'gray'}>{t(smsInboundEnabled ? 'on' : 'off')}</Badge>
      <Text size="xs" c="dimmed">
        {openingHours === null ? t('alwaysOpen') : isOpen ? t('openNow') : opening}
      </Text>
    </Stack>
  );
}
