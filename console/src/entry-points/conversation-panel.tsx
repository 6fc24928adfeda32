import { NumberInput, SimpleGrid, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignDto } from '../api/generated/types.gen.ts';
import { fieldId, type FieldErrors } from '../editing/field-errors.ts';
import { NoticeField } from '../sms-text/notice-field.tsx';
import { sampleValues } from '../sms-text/notice-template.ts';
import { MAX_AUTO_CLOSE_HOURS, MAX_REOPEN_MINUTES, USUAL_AUTO_CLOSE_HOURS } from './entry-point-form.ts';
import { Panel } from './panel.tsx';
import type { EntryPointEdit } from './use-save-entry-point.ts';

interface ConversationPanelProps {
  draft: EntryPointEdit['draft'];
  errors: FieldErrors;
  campaigns: CampaignDto[];
  /** Its number, once it has one. */
  number: string | undefined;
}

/** How its contacts begin, end and begin again. */
export function ConversationPanel({ draft: { values, set }, errors, campaigns, number }: ConversationPanelProps) {
  const { t } = useTranslation('entry-points');
  const campaign = campaigns.find(({ id }) => id === values.campaignId);
  const sample = sampleValues({
    entryPoint: values.name.trim(),
    campaign: campaign?.name ?? '',
    language: values.language,
    ...(number !== undefined && { number }),
  });
  return (
    <Panel title={t('editor.conversation')}>
      <NoticeField
        id={fieldId('greeting')}
        label={t('field.greeting')}
        description={t('editor.greetingHint')}
        value={values.greeting}
        onChange={(greeting) => set({ greeting })}
        values={sample}
        error={errors['greeting']}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Stack gap="xs">
          <Switch
            label={t('editor.autoClose')}
            checked={values.autoCloseHours !== null}
            onChange={(event) => set({ autoCloseHours: event.currentTarget.checked ? USUAL_AUTO_CLOSE_HOURS : null })}
          />
          {values.autoCloseHours !== null && (
            <NumberInput
              id={fieldId('autoCloseHours')}
              label={t('field.autoCloseHours')}
              value={values.autoCloseHours}
              onChange={(hours) => set({ autoCloseHours: numberOf(hours) })}
              min={1}
              max={MAX_AUTO_CLOSE_HOURS}
              allowDecimal={false}
              clampBehavior="none"
              error={errors['autoCloseHours']}
            />
          )}
        </Stack>
        <NumberInput
          id={fieldId('reopenMinutes')}
          label={t('field.reopenMinutes')}
          description={t('editor.reopenHint')}
          value={values.reopenMinutes}
          onChange={(minutes) => set({ reopenMinutes: numberOf(minutes) })}
          min={0}
          max={MAX_REOPEN_MINUTES}
          allowDecimal={false}
          clampBehavior="none"
          error={errors['reopenMinutes']}
        />
      </SimpleGrid>
    </Panel>
  );
}

/** What is being typed may be no number yet. */
const numberOf = (typed: number | string): number | '' => (typed === '' ? '' : Number(typed));
