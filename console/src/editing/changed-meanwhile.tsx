import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface ChangedMeanwhileProps {
  /** Names of the fields that somebody else has changed. */
  theirs: string[];
  /** Names of the fields that both have changed. */
  both: string[];
  onTakeTheirs: () => void;
}

/** Told when somebody else has saved first: nothing is overwritten, and nothing typed is lost. */
export function ChangedMeanwhile({ theirs, both, onTakeTheirs }: ChangedMeanwhileProps) {
  const { t } = useTranslation('editing');
  const alert = useRef<HTMLDivElement>(null);
  // It may be far above the button that was pressed.
  useEffect(() => alert.current?.focus(), []);
  return (
    <Alert
      ref={alert}
      tabIndex={-1}
      color="orange"
      role="alert"
      icon={<IconUsers aria-hidden />}
      title={t('changedMeanwhile')}
    >
      <Stack gap="xs">
        {theirs.length > 0 && <Text size="sm">{t('theirChanges', { fields: theirs.join(', ') })}</Text>}
        {both.length > 0 && <Text size="sm">{t('bothChanged', { fields: both.join(', ') })}</Text>}
        <Group justify="space-between">
          <Text size="sm">{t('saveAgain')}</Text>
          <Button size="xs" variant="default" onClick={onTakeTheirs}>
            {t('takeTheirs')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
