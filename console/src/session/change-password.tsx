import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionChangePassword } from '../api/generated/sdk.gen.ts';
import { queryClient } from '../api/query-client.ts';
import { useErrorText } from '../ui/error-text.ts';

/** The first thing of a user whose password somebody else knows. */
export function ChangePassword() {
  const { t } = useTranslation('session');
  const errorText = useErrorText();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useMutation({
    mutationFn: async () =>
      (await sessionChangePassword({ body: { currentPassword, newPassword }, throwOnError: true })).data,
    onSuccess: (session) => queryClient.setQueryData(['session'], session),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  const visibilityToggleButtonProps = { 'aria-label': t('showPassword') };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder shadow="sm" p="xl" w={420} maw="100%">
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h2">
              {t('changeTitle')}
            </Title>
            <Text c="dimmed" size="sm">
              {t('changeIntro')}
            </Text>
            {change.isError && (
              <Alert color="red" icon={<IconAlertCircle aria-hidden />} role="alert">
                {errorText(change.error)}
              </Alert>
            )}
            <PasswordInput
              label={t('currentPassword')}
              autoComplete="current-password"
              required
              visibilityToggleButtonProps={visibilityToggleButtonProps}
              value={currentPassword}
              onChange={(event) => setCurrent(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('newPassword')}
              description={t('newPasswordRule')}
              autoComplete="new-password"
              required
              minLength={12}
              visibilityToggleButtonProps={visibilityToggleButtonProps}
              value={newPassword}
              onChange={(event) => setNew(event.currentTarget.value)}
            />
            <Button type="submit" loading={change.isPending}>
              {t('changePassword')}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
