import { MultiSelect } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldId } from '../editing/field-errors.ts';
import { useFormat } from '../i18n/format.ts';
import { canonicalLanguage, KNOWN_LANGUAGES, ownName } from './known-languages.ts';

const MAX_SHOWN = 60;

interface LanguagePickerProps {
  value: string[];
  onChange: (languages: string[]) => void;
  error: ReactNode;
}

/** Languages by their names, here and where they are spoken, or by their tags; also by a tag that is not on the list. */
export function LanguagePicker({ value, onChange, error }: LanguagePickerProps) {
  const { t, i18n } = useTranslation('campaigns');
  const { languageName } = useFormat();
  const [text, setText] = useState('');
  const names = useMemo(
    () => new Map(KNOWN_LANGUAGES.map((tag) => [tag, `${languageName(tag)} ${ownName(tag)} ${tag}`.toLowerCase()])),
    [i18n.language],
  );
  const typed = canonicalLanguage(text);
  const tags = [...new Set([...KNOWN_LANGUAGES, ...value, ...(typed === null ? [] : [typed])])];
  return (
    <MultiSelect
      id={fieldId('languages')}
      label={t('field.languages')}
      description={t('form.languagesHint')}
      required
      searchable
      searchValue={text}
      onSearchChange={setText}
      data={tags.map((tag) => ({ value: tag, label: `${languageName(tag)} (${tag})` }))}
      filter={({ options, search, limit }) => {
        const wanted = search.trim().toLowerCase();
        const found = options.filter(
          (option) =>
            'value' in option && (option.value === typed || (names.get(option.value) ?? option.value).includes(wanted)),
        );
        // What was typed as a tag is what was meant.
        return found.toSorted((a, b) => rankOf(b, typed) - rankOf(a, typed)).slice(0, limit);
      }}
      limit={MAX_SHOWN}
      value={value}
      onChange={onChange}
      hidePickedOptions
      nothingFoundMessage={t('form.noLanguage')}
      error={error}
    />
  );
}

const rankOf = (option: object, tag: string | null): number => Number('value' in option && option.value === tag);
