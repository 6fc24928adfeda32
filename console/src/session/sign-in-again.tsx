import { Button, getDefaultZIndex, Group, Modal, Stack, Text } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../api/query-client.ts';
import { Failure } from '../ui/failure.tsx';
import { goOn } from './ended-session.ts';
import { SignInFields, useSignIn } from './sign-in-fields.tsx';

/** Over whatever the user was at when the session ended: nothing of it is lost, and what was refused is requested again. */
export function SignInAgain({ opened, email }: { opened: boolean; email: string }) {
  const { t } = useTranslation('session');
  return (
    <Modal
      opened={opened}
      onClose={() => undefined}
      title={t('endedTitle')}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      zIndex={getDefaultZIndex('max')}
      overlayProps={{ backgroundOpacity: 0.6, blur: 8 }}
    >
      <SignInAgainForm email={email} />
    </Modal>
  );
}

function SignInAgainForm({ email }: { email: string }) {
  const { t } = useTranslation('session');
  const { credentials, change, signIn } = useSignIn({
    email,
    onSuccess: (session) => {
      queryClient.setQueryData(['session'], session);
      goOn(true);
      void queryClient.invalidateQueries();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // Dialogs are inside of what opened them, also where that is a form.
    event.stopPropagation();
    signIn.mutate();
  };
  const leave = (): void => {
    goOn(false);
    queryClient.setQueryData(['session'], null);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('endedIntro')}</Text>
        <Failure error={signIn.error} />
        <SignInFields credentials={credentials} onChange={change} isKnown />
        <Group justify="space-between" gap="xs">
          <Button variant="subtle" px="xs" onClick={leave} data-mantine-stop-propagation>
            {t('leave')}
          </Button>
          <Button type="submit" loading={signIn.isPending} data-mantine-stop-propagation>
            {t('signIn')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
