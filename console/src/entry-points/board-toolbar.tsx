import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CampaignDto, EntryPointDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { type BoardFilters, filterEntryPoints, NOT_OK } from './board-filters.ts';
import { useBoardFilters } from './use-board-filters.ts';
import { WEBHOOK_STATES } from './webhook-state.tsx';

interface BoardToolbarProps {
  campaigns: CampaignDto[];
  entryPoints: EntryPointDto[];
  /** How many of them are shown. */
  shown: number;
}

/** Narrows the board, and says to how many. */
export function BoardToolbar({ campaigns, entryPoints, shown }: BoardToolbarProps) {
  const { t } = useTranslation('entry-points');
  const { languageName, number } = useFormat();
  const { filters, isFiltered, setFilters, clear } = useBoardFilters();
  const inTrouble = filterEntryPoints(entryPoints, { webhook: NOT_OK }).length;
  const languages = [...new Set(entryPoints.map(({ language }) => language))];
  const choice = (filter: keyof BoardFilters, data: { value: string; label: string }[]) => (
    <Select
      aria-label={t(`filter.${filter}`)}
      placeholder={t(`filter.${filter}`)}
      data={data}
      value={filters[filter] ?? null}
      onChange={(value) => setFilters({ [filter]: value ?? undefined })}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear', { filter: t(`filter.${filter}`) }) }}
      w={{ base: 'calc(50% - 5px)', xs: 150 }}
    />
  );
  return (
    <Group gap="xs" mb="md">
      <TextInput
        type="search"
        aria-label={t('filter.q')}
        placeholder={t('filter.q')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filters.q ?? ''}
        onChange={(event) => setFilters({ q: event.currentTarget.value || undefined })}
        w={{ base: '100%', xs: 250 }}
      />
      {choice(
        'campaignId',
        campaigns.map(({ id, name }) => ({ value: id, label: name })),
      )}
      {choice(
        'language',
        languages.map((tag) => ({ value: tag, label: languageName(tag) })),
      )}
      {choice('state', [
        { value: 'active', label: t('active') },
        { value: 'disabled', label: t('disabled') },
      ])}
      {choice('webhook', [
        { value: NOT_OK, label: t('webhook.notOk') },
        ...WEBHOOK_STATES.map((state) => ({
          value: state,
          label: t(state === 'unknown' ? 'webhook.notKnown' : `webhook.state.${state}`),
        })),
      ])}
      {inTrouble > 0 && (
        <Button
          variant={filters.webhook === NOT_OK ? 'filled' : 'default'}
          aria-pressed={filters.webhook === NOT_OK}
          leftSection={<IconAlertTriangle size={16} aria-hidden />}
          onClick={() => setFilters({ webhook: filters.webhook === NOT_OK ? undefined : NOT_OK })}
        >
          {t('webhook.inTrouble', { count: inTrouble, shown: number(inTrouble) })}
        </Button>
      )}
      {isFiltered && (
        <Button variant="subtle" onClick={clear}>
          {t('filter.clearAll')}
        </Button>
      )}
      <Text size="sm" c="dimmed" role="status" ml="auto">
        {t('count', { shown: number(shown), all: number(entryPoints.length) })}
      </Text>
    </Group>
  );
}
