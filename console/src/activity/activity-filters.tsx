import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilterOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { entryPointsListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { type Filters, FILTERS } from './filters.ts';
import { SOURCES } from './source-badge.tsx';
import { VERDICTS } from './verdict-badge.tsx';

/** What to look for in the journal; it is kept in the address, so that it can be passed on. */
export function ActivityFilters({ filters }: { filters: Filters }) {
  const { t } = useTranslation('activity');
  const navigate = useNavigate();
  const entryPoints = useQuery(entryPointsListOptions({ query: { limit: 100 } }));
  const set = (change: Filters) => void navigate({ to: '/activity', replace: true, search: { ...filters, ...change } });
  const isFiltered = FILTERS.some((name) => filters[name] !== undefined);
  return (
    <Group align="end" role="search" aria-label={t('filters.title')}>
      <NativeSelect
        label={t('filters.verdict')}
        value={filters.verdict ?? ''}
        data={[
          { value: '', label: t('ui:all') },
          ...VERDICTS.map((value) => ({ value, label: t(`verdicts.${value}`) })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          set({
            verdict: value || undefined,
            // Put aside means: out of the list of what is left to do.
            discarded: value === 'dead_letter' ? 'false' : undefined,
          })
        }
      />
      {filters.verdict === 'dead_letter' && (
        <NativeSelect
          label={t('filters.discarded')}
          value={filters.discarded ?? ''}
          data={[
            { value: 'false', label: t('filters.toDo') },
            { value: 'true', label: t('filters.putAside') },
            { value: '', label: t('ui:all') },
          ]}
          onChange={(event) => set({ discarded: event.currentTarget.value || undefined })}
        />
      )}
      <NativeSelect
        label={t('filters.source')}
        value={filters.source ?? ''}
        data={[{ value: '', label: t('ui:all') }, ...SOURCES.map((value) => ({ value, label: t(`sources.${value}`) }))]}
        onChange={(event) => set({ source: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={t('filters.entryPoint')}
        value={filters.entryPointId ?? ''}
        data={[
          { value: '', label: t('ui:all') },
          ...(entryPoints.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => set({ entryPointId: event.currentTarget.value || undefined })}
      />
      <TextFilter label={t('filters.customer')} value={filters.customer} onChange={(customer) => set({ customer })} />
      <TextFilter
        label={t('filters.messageSid')}
        value={filters.twilioMessageSid}
        onChange={(twilioMessageSid) => set({ twilioMessageSid })}
      />
      <TextFilter label={t('filters.contact')} value={filters.contactId} onChange={(contactId) => set({ contactId })} />
      {isFiltered && (
        <Button
          variant="default"
          leftSection={<IconFilterOff size={16} aria-hidden />}
          onClick={() => void navigate({ to: '/activity', search: {} })}
        >
          {t('filters.clear')}
        </Button>
      )}
    </Group>
  );
}

function TextFilter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const [text, setText] = useState(value ?? '');
  const [known, setKnown] = useState(value);
  // Cleared, or set by a link, and not typed here.
  if (value !== known) {
    setKnown(value);
    if (value !== (text.trim() || undefined)) setText(value ?? '');
  }
  const search = useDebouncedCallback((wanted: string) => onChange(wanted.trim() || undefined), 400);
  return (
    <TextInput
      label={label}
      type="search"
      maxLength={100}
      flex="1 1 130px"
      maw={260}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}
