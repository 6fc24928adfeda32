import { Group, Radio, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignDto } from '../api/generated/types.gen.ts';
import { fieldId, type FieldErrors } from '../editing/field-errors.ts';
import { useFormat } from '../i18n/format.ts';
import { type EntryPointForm, MAX_NAME_LENGTH, nameLength } from './entry-point-form.ts';
import { Panel } from './panel.tsx';
import { useSmsInbound } from './sms-inbound.ts';
import type { EntryPointEdit } from './use-save-entry-point.ts';

interface GeneralPanelProps {
  draft: EntryPointEdit['draft'];
  errors: FieldErrors;
  campaigns: CampaignDto[];
  isNew: boolean;
}

export function GeneralPanel({ draft: { values, set }, errors, campaigns, isNew }: GeneralPanelProps) {
  const { t } = useTranslation('entry-points');
  const { languageName } = useFormat();
  const areAllDisabled = useSmsInbound()?.enabled === false;
  const campaign = campaigns.find(({ id }) => id === values.campaignId);
  const chooseCampaign = (campaignId: string | null): void => {
    const chosen = campaigns.find(({ id }) => id === campaignId);
    if (chosen === undefined) return;
    const keepsLanguage = chosen.languages.includes(values.language);
    set({ campaignId: chosen.id, language: keepsLanguage ? values.language : chosen.defaultLanguage });
  };
  return (
    <Panel title={t('editor.general')}>
      <TextInput
        id={fieldId('name')}
        label={t('field.name')}
        required
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={errors['name']}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description={`${nameLength(values.name)}/${MAX_NAME_LENGTH}`}
        autoComplete="off"
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          id={fieldId('campaignId')}
          label={t('field.campaignId')}
          required
          searchable
          data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
          value={values.campaignId || null}
          onChange={chooseCampaign}
          allowDeselect={false}
          readOnly={!isNew}
          description={isNew ? undefined : t('editor.campaignStays')}
          error={errors['campaignId']}
          nothingFoundMessage={t('ui:none')}
        />
        <Select
          id={fieldId('language')}
          label={t('field.language')}
          required
          data={(campaign?.languages ?? []).map((tag) => ({ value: tag, label: languageName(tag) }))}
          value={values.language || null}
          onChange={(language) => language !== null && set({ language })}
          allowDeselect={false}
          disabled={campaign === undefined}
          description={t(campaign === undefined ? 'editor.campaignFirst' : 'editor.languageOfCampaign')}
          error={errors['language']}
        />
      </SimpleGrid>
      <Radio.Group
        label={t('field.state')}
        value={values.state}
        onChange={(state) => set({ state: state as EntryPointForm['state'] })}
        error={errors['state']}
      >
        <Group mt={6}>
          <Radio id={fieldId('state')} value="active" label={t('active')} />
          <Radio value="disabled" label={t('disabled')} />
        </Group>
      </Radio.Group>
      {areAllDisabled && <Text size="sm">{t('takesEffect.all')}</Text>}
      {campaign?.smsInboundEnabled === false && (
        <Text size="sm">{t('editor.overridden', { name: campaign.name })}</Text>
      )}
    </Panel>
  );
}
