import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../ui/copy-text.tsx';

/** A secret that nobody can read again once this is closed. */
export function ShownOnce({
  text,
  secret,
  label,
  onDone,
}: {
  text: string;
  secret: string;
  label: string;
  onDone: () => void;
}) {
  const { t } = useTranslation('settings');
  return (
    <Stack>
      <Alert color="orange" icon={<IconEyeOff aria-hidden />} title={t('shownOnce')} role="status">
        <Stack gap="xs">
          <Text size="sm">{text}</Text>
          <CopyText text={secret} label={label} />
        </Stack>
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onDone} autoFocus>
          {t('saved')}
        </Button>
      </Group>
    </Stack>
  );
}
