import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionSignIn } from '../api/generated/sdk.gen.ts';
import type { SessionDto, SignInDto } from '../api/generated/types.gen.ts';

/** What a person fills in to sign in, and the signing in with it. */
export function useSignIn({ email = '', onSuccess }: { email?: string; onSuccess: (session: SessionDto) => void }) {
  const [credentials, setCredentials] = useState({ email, password: '' });
  const signIn = useMutation({
    mutationFn: async () => (await sessionSignIn({ body: credentials, throwOnError: true })).data,
    onSuccess,
  });
  const change = (changes: Partial<SignInDto>) => setCredentials((before) => ({ ...before, ...changes }));
  return { credentials, change, signIn };
}

interface SignInFieldsProps {
  credentials: SignInDto;
  onChange: (changes: Partial<SignInDto>) => void;
  /** Whether it can only be this user. */
  isKnown?: boolean;
}

export function SignInFields({ credentials: { email, password }, onChange, isKnown = false }: SignInFieldsProps) {
  const { t } = useTranslation('session');
  // Dialogs below this one would close by Escape.
  const own = { 'data-mantine-stop-propagation': isKnown };
  return (
    <>
      <TextInput
        {...own}
        label={t('email')}
        type="email"
        autoComplete="username"
        required
        readOnly={isKnown}
        data-autofocus={!isKnown || undefined}
        value={email}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <PasswordInput
        {...own}
        label={t('password')}
        autoComplete="current-password"
        required
        data-autofocus={isKnown || undefined}
        visibilityToggleButtonProps={{ ...own, 'aria-label': t('showPassword'), tabIndex: 0 }}
        value={password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </>
  );
}
