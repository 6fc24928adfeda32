import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { apiKeysRevokeMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ApiKeyDto } from '../api/generated/types.gen.ts';
import { refresh } from '../api/query-client.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

export function RevokeApiKey({ apiKey: { id, name } }: { apiKey: ApiKeyDto }) {
  const { t } = useTranslation('settings');
  const [isOpen, { open, close }] = useDisclosure();
  const revoke = useMutation({
    ...apiKeysRevokeMutation(),
    onSuccess: () => {
      refresh(['apiKeysList']);
      close();
    },
  });
  return (
    <>
      <Button size="xs" variant="default" aria-label={t('apiKeys.revokeNamed', { name })} onClick={open}>
        {t('apiKeys.revoke')}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        title={t('apiKeys.revokeNamed', { name })}
        confirm={t('apiKeys.revoke')}
        action={revoke}
        onConfirm={() => revoke.mutate({ path: { id } })}
        onClose={close}
      >
        <Text size="sm">{t('apiKeys.revokeEffect')}</Text>
      </ConfirmDialog>
    </>
  );
}
