import { Accordion, Stack, TagsInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldId, type FieldErrors } from '../editing/field-errors.ts';
import { useFormat } from '../i18n/format.ts';
import { NoticeField } from '../sms-text/notice-field.tsx';
import { sampleValues } from '../sms-text/notice-template.ts';
import { type LanguageForm, TWILIO_WORDS, WORD_LISTS } from './campaign-form.ts';
import { errorBelow } from './check-campaign.ts';

const MAX_WORDS = 20;
const LONG_NAME = 'x'.repeat(80);

interface LanguageSettingsFieldsProps {
  value: LanguageForm[];
  onChange: (settings: LanguageForm[]) => void;
  campaignName: string;
  errors: FieldErrors;
}

/** What the campaign says outside opening hours, and the words it listens for, in each of its languages. */
export function LanguageSettingsFields({ value, onChange, campaignName, errors }: LanguageSettingsFieldsProps) {
  const { t } = useTranslation('campaigns');
  const { languageName } = useFormat();
  const [opened, setOpened] = useState<string[]>([]);
  const wrong = value.filter((_, i) => errorBelow(errors, `languageSettings.${i}`) !== undefined);
  if (value.length === 0) return null;
  return (
    <section aria-labelledby={fieldId('languageSettings')}>
      <Title order={3} size="h5" mb="xs" id={fieldId('languageSettings')} tabIndex={-1}>
        {t('field.languageSettings')}
      </Title>
      <Accordion
        multiple
        variant="separated"
        order={4}
        // What is wrong in a language must be seen.
        value={[...new Set([...opened, ...wrong.map(({ language }) => language)])]}
        onChange={setOpened}
      >
        {value.map((settings, i) => (
          <Accordion.Item key={settings.language} value={settings.language}>
            <Accordion.Control>{languageName(settings.language)}</Accordion.Control>
            <Accordion.Panel>
              <LanguageFields
                path={`languageSettings.${i}`}
                settings={settings}
                onChange={(changes) => onChange(value.with(i, { ...settings, ...changes }))}
                campaignName={campaignName}
                errors={errors}
              />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </section>
  );
}

interface LanguageFieldsProps {
  path: string;
  settings: LanguageForm;
  onChange: (changes: Partial<LanguageForm>) => void;
  campaignName: string;
  errors: FieldErrors;
}

function LanguageFields({ path, settings, onChange, campaignName, errors }: LanguageFieldsProps) {
  const { t } = useTranslation('campaigns');
  const { language, outOfHoursNotice } = settings;
  return (
    <Stack>
      <NoticeField
        id={fieldId(`${path}.outOfHoursNotice`)}
        label={t('field.outOfHoursNotice')}
        description={t('form.noticeHint')}
        value={outOfHoursNotice}
        onChange={(notice) => onChange({ outOfHoursNotice: notice })}
        values={sampleValues({ entryPoint: t('form.sampleEntryPoint'), campaign: campaignName, language })}
        longest={sampleValues({ entryPoint: LONG_NAME, campaign: campaignName, language })}
        error={errors[`${path}.outOfHoursNotice`]}
      />
      {WORD_LISTS.map((list) => (
        <TagsInput
          key={list}
          id={fieldId(`${path}.${list}`)}
          label={t(`field.${list}`)}
          description={t('form.wordsHint', { words: TWILIO_WORDS[list].join(', ') })}
          value={settings[list]}
          onChange={(words) => onChange({ [list]: words })}
          maxTags={MAX_WORDS}
          acceptValueOnBlur
          error={errorBelow(errors, `${path}.${list}`)}
        />
      ))}
    </Stack>
  );
}
