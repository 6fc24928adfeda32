import { ActionIcon, Indicator, Popover, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { entryPointsGetOptions, entryPointsListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { useContactFilter } from './use-contact-filter.ts';

const TYPING_MS = 300;

/** Search by words, and what else narrows the list. */
export function ContactSearch() {
  const { t } = useTranslation('desk');
  const { filter, change } = useContactFilter();
  const isNarrowed = [filter.entryPointId, filter.customer, filter.order].some(Boolean);
  return (
    <>
      <TypedInput
        value={filter.q ?? ''}
        onType={(q) => change({ q: q || undefined })}
        label={t('search.words')}
        placeholder={t('search.words')}
        isBare
      />
      <Popover position="bottom-end" trapFocus returnFocus>
        <Indicator disabled={!isNarrowed} size={8} offset={4}>
          <Popover.Target>
            <ActionIcon aria-label={t(isNarrowed ? 'search.filterOn' : 'search.filter')} title={t('search.filter')}>
              <IconFilter size={18} aria-hidden />
            </ActionIcon>
          </Popover.Target>
        </Indicator>
        <Popover.Dropdown aria-label={t('search.filter')}>
          <Stack gap="sm" w={260}>
            <EntryPointFilter />
            <TypedInput
              value={filter.customer ?? ''}
              onType={(customer) => change({ customer: customer.replaceAll(/\s/g, '') || undefined })}
              label={t('search.customer')}
              placeholder="+15005550101"
            />
            <Select
              label={t('search.order')}
              data={[
                { value: 'newest', label: t('search.newest') },
                { value: 'oldest', label: t('search.oldest') },
              ]}
              value={filter.order ?? 'newest'}
              onChange={(order) => change({ order: order === 'oldest' ? order : undefined })}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
            />
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </>
  );
}

interface TypedInputProps {
  value: string;
  onType: (value: string) => void;
  label: string;
  placeholder: string;
  /** Its label is for screen readers only. */
  isBare?: boolean;
}

/** Passes on what is typed once the person pauses. */
function TypedInput({ value, onType, label, placeholder, isBare = false }: TypedInputProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const pass = useDebouncedCallback(onType, TYPING_MS);
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  return (
    <TextInput
      type="search"
      size={isBare ? 'xs' : 'sm'}
      flex={1}
      {...(isBare ? { 'aria-label': label, leftSection: <IconSearch size={14} aria-hidden /> } : { label })}
      placeholder={placeholder}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        pass(event.currentTarget.value.trim());
      }}
    />
  );
}

function EntryPointFilter() {
  const { t } = useTranslation('desk');
  const { filter, change } = useContactFilter();
  const [q, setQ] = useState('');
  const { data: found } = useQuery({
    ...entryPointsListOptions({ query: { limit: 100, ...(q && { q }) } }),
    placeholderData: keepPreviousData,
  });
  const { data: chosen } = useQuery({
    ...entryPointsGetOptions({ path: { id: filter.entryPointId ?? '' } }),
    enabled: filter.entryPointId !== undefined,
  });
  const choices = new Map([...(chosen ? [chosen] : []), ...(found?.data ?? [])].map(({ id, name }) => [id, name]));
  return (
    <Select
      label={t('search.entryPoint')}
      placeholder={t('ui:all')}
      data={[...choices].map(([value, label]) => ({ value, label }))}
      value={filter.entryPointId ?? null}
      onChange={(id) => change({ entryPointId: id ?? undefined })}
      onSearchChange={setQ}
      // The service has searched already.
      filter={({ options }) => options}
      searchable
      openOnFocus={false}
      clearable
      clearButtonProps={{ 'aria-label': t('search.allEntryPoints') }}
      nothingFoundMessage={t('search.noEntryPoint')}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
