import { Button, Drawer, Group, Paper, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignDto } from '../api/generated/types.gen.ts';
import { ChangedMeanwhile } from '../editing/changed-meanwhile.tsx';
import classes from '../editing/sticky-footer.module.css';
import { ErrorSummary } from '../editing/error-summary.tsx';
import { fieldId } from '../editing/field-errors.ts';
import { UnsavedGuard } from '../editing/unsaved-guard.tsx';
import { useFormat } from '../i18n/format.ts';
import { Failure } from '../ui/failure.tsx';
import { withLanguages } from './campaign-form.ts';
import { LanguagePicker } from './language-picker.tsx';
import { LanguageSettingsFields } from './language-settings-fields.tsx';
import { OpeningHoursFields } from './opening-hours-fields.tsx';
import { useFieldName } from './field-names.ts';
import { useSaveCampaign } from './use-save-campaign.ts';

/** Makes a campaign, or changes one. */
export function CampaignDrawer({ campaign, onClose }: { campaign: CampaignDto | undefined; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const { languageName } = useFormat();
  const isSaved = useRef(false);
  const edit = useSaveCampaign(campaign, () => {
    isSaved.current = true;
    onClose();
  });
  const nameOf = useFieldName(edit.draft.values);
  const { draft, errors, meanwhile } = edit;
  const { values, set } = draft;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={campaign?.name ?? t('form.new')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Stack className={classes.form}>
        <ErrorSummary errors={errors} labelOf={nameOf} />
        {meanwhile && (
          <ChangedMeanwhile
            theirs={meanwhile.theirs.map(nameOf)}
            both={meanwhile.both.map(nameOf)}
            onTakeTheirs={edit.takeTheirs}
          />
        )}
        <TextInput
          id={fieldId('name')}
          label={t('field.name')}
          required
          value={values.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={errors['name']}
          autoComplete="off"
          data-autofocus
        />
        <LanguagePicker
          value={values.languages}
          onChange={(languages) => set(withLanguages(values, languages))}
          error={errors['languages']}
        />
        <Select
          id={fieldId('defaultLanguage')}
          label={t('field.defaultLanguage')}
          description={t('form.defaultHint')}
          data={values.languages.map((tag) => ({ value: tag, label: languageName(tag) }))}
          value={values.defaultLanguage || null}
          onChange={(defaultLanguage) => defaultLanguage !== null && set({ defaultLanguage })}
          allowDeselect={false}
          disabled={values.languages.length === 0}
          error={errors['defaultLanguage']}
        />
        <Switch
          id={fieldId('smsInboundEnabled')}
          label={t('field.smsInboundEnabled')}
          description={t('form.inboundHint')}
          checked={values.smsInboundEnabled}
          onChange={(event) => set({ smsInboundEnabled: event.currentTarget.checked })}
        />
        <OpeningHoursFields
          value={values.openingHours}
          onChange={(openingHours) => set({ openingHours })}
          errors={errors}
        />
        <LanguageSettingsFields
          value={values.languageSettings}
          onChange={(languageSettings) => set({ languageSettings })}
          campaignName={values.name.trim()}
          errors={errors}
        />
        <Paper pos="sticky" bottom={0} py="sm" radius={0} style={{ zIndex: 2 }}>
          <Failure error={edit.failure} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui:cancel')}
            </Button>
            <Button
              disabled={!draft.isChanged && campaign !== undefined}
              loading={edit.isSaving}
              onClick={() => edit.save()}
            >
              {t('ui:save')}
            </Button>
          </Group>
        </Paper>
      </Stack>
      <UnsavedGuard hasChanges={() => draft.isChanged && !isSaved.current} />
    </Drawer>
  );
}
