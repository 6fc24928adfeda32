import { Button, Group, Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../ui/failure.tsx';
import { ScreenButton } from '../ui/links.tsx';

interface EditorFooterProps {
  /** Why it could not be saved; null while nothing failed. */
  failure: unknown;
  note: ReactNode;
  isSaving: boolean;
  isSetting: boolean;
  canSave: boolean;
  onSave: () => void;
  onSaveAndSet: () => void;
}

/** Stays in sight however long the editor is. */
export function EditorFooter({ failure, note, isSaving, isSetting, canSave, onSave, onSaveAndSet }: EditorFooterProps) {
  const { t } = useTranslation('entry-points');
  const isBusy = isSaving || isSetting;
  return (
    <Paper withBorder p="sm" mt="md" maw={860} pos="sticky" bottom={0} style={{ zIndex: 2 }}>
      <Failure error={failure} />
      <Group justify="space-between" gap="xs">
        {note}
        <Group gap="xs">
          <ScreenButton variant="default" to="/entry-points">
            {t('ui:cancel')}
          </ScreenButton>
          <Button variant="default" disabled={!canSave} loading={isBusy} onClick={onSave}>
            {t('ui:save')}
          </Button>
          <Button loading={isBusy} onClick={onSaveAndSet}>
            {t('editor.saveAndSet')}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}
