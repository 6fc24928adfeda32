import { Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignDto, EntryPointDto } from '../api/generated/types.gen.ts';
import { ChangedMeanwhile } from '../editing/changed-meanwhile.tsx';
import classes from '../editing/sticky-footer.module.css';
import { ErrorSummary } from '../editing/error-summary.tsx';
import { UnsavedGuard } from '../editing/unsaved-guard.tsx';
import { useErrorText } from '../ui/error-text.ts';
import { ScreenLink } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';
import { ConversationPanel } from './conversation-panel.tsx';
import { EditorFooter } from './editor-footer.tsx';
import { emptyForm, formOf } from './entry-point-form.ts';
import { GeneralPanel } from './general-panel.tsx';
import { PhoneNumberPanel } from './phone-number-panel.tsx';
import { useSaveEntryPoint } from './use-save-entry-point.ts';
import { setUnlessForeign } from './use-webhook.ts';
import { NewWebhookPanel, WebhookPanel } from './webhook-panel.tsx';

interface EntryPointEditorProps {
  /** Undefined for a new one. */
  entryPoint: EntryPointDto | undefined;
  campaigns: CampaignDto[];
}

export function EntryPointEditor({ entryPoint, campaigns }: EntryPointEditorProps) {
  const { t } = useTranslation('entry-points');
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { webhook } = useSearch({ strict: false }) as { webhook?: string };
  const [isSetting, setSetting] = useState(webhook === 'set');
  const [isSettingAtOnce, setSettingAtOnce] = useState(false);
  const edit = useSaveEntryPoint(entryPoint ? formOf(entryPoint) : emptyForm(campaigns), entryPoint);
  const isLeaving = useRef(false);
  const { draft, errors, meanwhile } = edit;

  const save = async (): Promise<EntryPointDto | null> => {
    const saved = await edit.save();
    isLeaving.current = saved !== null;
    return saved;
  };
  const saveAndLeave = async (): Promise<void> => {
    if ((await save()) !== null) await navigate({ to: '/entry-points' });
  };
  /** What stands at Twilio and is not ours is shown before it is overwritten. */
  const saveAndSet = async (): Promise<void> => {
    const saved = await save();
    if (saved === null) return;
    setSettingAtOnce(true);
    const isSet = await setUnlessForeign(saved.id).catch((error: unknown) => {
      notifications.show({ color: 'red', title: t('webhook.notSetNow'), message: errorText(error) });
      return true;
    });
    setSettingAtOnce(false);
    setSetting(!isSet);
    await navigate({ to: '/entry-points/$id', params: { id: saved.id }, search: isSet ? {} : { webhook: 'set' } });
    isLeaving.current = false;
  };
  const openOrClose = (isOpen: boolean): void => {
    setSetting(isOpen);
    // Or else it would open again with the page.
    if (!isOpen && webhook !== undefined) void navigate({ to: '.', search: {}, replace: true });
  };
  const labelOf = (field: string): string => t(`field.${field}`, { defaultValue: field });
  return (
    <Page title={entryPoint?.name ?? t('editor.new')}>
      <ScreenLink to="/entry-points" size="sm">
        <IconArrowLeft size={14} aria-hidden /> {t('title')}
      </ScreenLink>
      <Stack maw={860} mt="sm" className={classes.form}>
        <ErrorSummary errors={errors} labelOf={labelOf} />
        {meanwhile && (
          <ChangedMeanwhile
            theirs={meanwhile.theirs.map(labelOf)}
            both={meanwhile.both.map(labelOf)}
            onTakeTheirs={edit.takeTheirs}
          />
        )}
        <GeneralPanel draft={draft} errors={errors} campaigns={campaigns} isNew={entryPoint === undefined} />
        <ConversationPanel draft={draft} errors={errors} campaigns={campaigns} number={entryPoint?.phoneNumber} />
        <PhoneNumberPanel
          value={draft.values.phoneNumberSid}
          onChange={(phoneNumberSid) => draft.set({ phoneNumberSid })}
          entryPoint={entryPoint}
          error={errors['phoneNumberSid']}
        />
        {entryPoint === undefined ? (
          <NewWebhookPanel phoneNumberSid={draft.values.phoneNumberSid} />
        ) : (
          <WebhookPanel
            entryPoint={entryPoint}
            isNumberUnsaved={draft.changed.includes('phoneNumberSid')}
            isSetting={isSetting}
            onSetting={openOrClose}
          />
        )}
      </Stack>
      <EditorFooter
        failure={edit.failure}
        note={
          <Text size="sm" visibleFrom="xs">
            {t(draft.isChanged ? 'editor.unsaved' : 'editor.noChanges')}
          </Text>
        }
        isSaving={edit.isSaving}
        isSetting={isSettingAtOnce}
        canSave={draft.isChanged || entryPoint === undefined}
        onSave={() => void saveAndLeave()}
        onSaveAndSet={() => void saveAndSet()}
      />
      <UnsavedGuard hasChanges={() => draft.isChanged && !isLeaving.current} />
    </Page>
  );
}
