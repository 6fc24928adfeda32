import { Button, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { telephonyConnectMutation, telephonyGetQueryKey } from '../api/generated/@tanstack/react-query.gen.ts';
import type { TelephonyDto } from '../api/generated/types.gen.ts';
import { errorCodeOf } from '../api/problem.ts';
import { queryClient, refresh } from '../api/query-client.ts';
import { useErrorText, useFieldTexts } from '../ui/error-text.ts';
import { Failure } from '../ui/failure.tsx';

const NOTHING = { authToken: '', nextAuthToken: '' };

/** Takes the account's SID and tokens. They go one way: the service stores them sealed, and never gives them back. */
export function ConnectTwilio({ telephony }: { telephony: TelephonyDto }) {
  const { t } = useTranslation('settings');
  const errorText = useErrorText();
  const fieldTexts = useFieldTexts();
  const [accountSid, setAccountSid] = useState(telephony.accountSid ?? '');
  const [tokens, setTokens] = useState(NOTHING);
  const connect = useMutation({
    ...telephonyConnectMutation(),
    onSuccess: (connected) => {
      queryClient.setQueryData(telephonyGetQueryKey(), connected);
      refresh(['aboutGet', 'phoneNumbersList', 'entryPointsList', 'healthReportGet']);
      setTokens(NOTHING);
      notifications.show({ color: 'green', message: t('twilio.connectedNow', { name: connected.friendlyName }) });
    },
  });
  const isRefused = errorCodeOf(connect.error) === 'twilio_refused';
  const errors = isRefused
    ? { authToken: t('twilio.refused', { said: errorText(connect.error) }) }
    : fieldTexts(connect.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const nextAuthToken = tokens.nextAuthToken.trim();
    connect.mutate({
      body: {
        accountSid: accountSid.trim(),
        authToken: tokens.authToken.trim(),
        ...(nextAuthToken !== '' && { nextAuthToken }),
      },
    });
  };
  const secret = {
    autoComplete: 'off',
    visibilityToggleButtonProps: { 'aria-label': t('session:showPassword'), tabIndex: 0 },
  };
  return (
    <Paper withBorder p="md">
      <form onSubmit={submit} autoComplete="off">
        <Stack>
          <Title order={2} size="h4">
            {t(telephony.state === 'disconnected' ? 'twilio.connectTitle' : 'twilio.reconnectTitle')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('twilio.connectIntro')}
          </Text>
          <Failure error={isRefused ? null : connect.error} fields={['accountSid', 'authToken', 'nextAuthToken']} />
          <TextInput
            label={t('twilio.accountSid')}
            description={t('twilio.accountSidHint')}
            required
            spellCheck={false}
            autoComplete="off"
            value={accountSid}
            error={errors['accountSid']}
            onChange={(event) => setAccountSid(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('twilio.authToken')}
            description={
              telephony.authTokenLast4 === null
                ? t('twilio.authTokenHint')
                : t('twilio.authTokenStored', { last4: telephony.authTokenLast4 })
            }
            required
            {...secret}
            value={tokens.authToken}
            error={errors['authToken']}
            aria-invalid={errors['authToken'] !== undefined}
            onChange={({ currentTarget: { value } }) => setTokens((now) => ({ ...now, authToken: value }))}
          />
          <PasswordInput
            label={t('twilio.nextAuthToken')}
            description={t('twilio.nextAuthTokenHint')}
            {...secret}
            value={tokens.nextAuthToken}
            error={errors['nextAuthToken']}
            aria-invalid={errors['nextAuthToken'] !== undefined}
            onChange={({ currentTarget: { value } }) => setTokens((now) => ({ ...now, nextAuthToken: value }))}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={connect.isPending}>
              {t('twilio.connect')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
