import { PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionChangePassword } from '../api/generated/sdk.gen.ts';
import { queryClient } from '../api/query-client.ts';
import { SessionForm } from './session-form.tsx';

/** The first thing of a user whose password somebody else knows. */
export function ChangePassword() {
  const { t } = useTranslation('session');
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useMutation({
    mutationFn: async () =>
      (await sessionChangePassword({ body: { currentPassword, newPassword }, throwOnError: true })).data,
    onSuccess: (session) => queryClient.setQueryData(['session'], session),
  });
  const visibilityToggleButtonProps = { 'aria-label': t('showPassword'), tabIndex: 0 };
  return (
    <SessionForm title={t('changeTitle')} intro={t('changeIntro')} action={t('changePassword')} mutation={change}>
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
    </SessionForm>
  );
}
