import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionSignIn } from '../api/generated/sdk.gen.ts';
import { queryClient } from '../api/query-client.ts';
import { SessionForm } from './session-form.tsx';

export function SignIn() {
  const { t } = useTranslation('session');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: async () => (await sessionSignIn({ body: { email, password }, throwOnError: true })).data,
    onSuccess: (session) => {
      // What somebody else has read here before is not theirs.
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      queryClient.setQueryData(['session'], session);
    },
  });
  return (
    <SessionForm title={t('title')} intro={t('intro')} action={t('signIn')} mutation={signIn}>
      <TextInput
        label={t('email')}
        type="email"
        autoComplete="username"
        required
        data-autofocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('password')}
        autoComplete="current-password"
        required
        visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: 0 }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </SessionForm>
  );
}
