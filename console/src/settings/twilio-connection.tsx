import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  telephonyGetOptions,
  telephonyGetQueryKey,
  telephonyVerifyMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { TelephonyDto } from '../api/generated/types.gen.ts';
import { queryClient } from '../api/query-client.ts';
import { useFormat } from '../i18n/format.ts';
import { useErrorText } from '../ui/error-text.ts';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { ConnectTwilio } from './connect-twilio.tsx';
import { DisconnectTwilio } from './disconnect-twilio.tsx';

const LOOKS = {
  connected: { color: 'green', icon: IconCircleCheck },
  failing: { color: 'red', icon: IconAlertTriangle },
  disconnected: { color: 'orange', icon: IconPlugConnectedX },
} as const;

/** The account's Twilio: how it stands, and what to do about it. */
export function TwilioConnection() {
  const telephony = useQuery(telephonyGetOptions());
  if (telephony.isPending) return <ListSkeleton rows={2} height={120} />;
  if (telephony.isError) return <ErrorState error={telephony.error} onRetry={() => void telephony.refetch()} />;
  return (
    <Stack maw={640} gap="lg">
      <ConnectionState telephony={telephony.data} />
      <ConnectTwilio key={telephony.data.accountSid} telephony={telephony.data} />
      {telephony.data.state !== 'disconnected' && <DisconnectTwilio />}
    </Stack>
  );
}

function ConnectionState({ telephony }: { telephony: TelephonyDto }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { state, friendlyName, accountSid, authTokenLast4, verifiedAt, rotating } = telephony;
  const { color, icon: Icon } = LOOKS[state];
  return (
    <Alert color={color} icon={<Icon aria-hidden />} title={t(`twilio.${state}`)}>
      <Stack gap="xs">
        <Text size="sm">{t(`twilio.${state}Text`)}</Text>
        {state !== 'disconnected' && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('twilio.account', { friendlyName: friendlyName ?? '', accountSid, last4: authTokenLast4 })}
          </Text>
        )}
        {rotating && <Text size="sm">{t('twilio.rotating')}</Text>}
        {verifiedAt && <Text size="sm">{t('twilio.verifiedAt', { at: format.dateTime(verifiedAt) })}</Text>}
        {state !== 'disconnected' && <TestConnection />}
      </Stack>
    </Alert>
  );
}

function TestConnection() {
  const { t } = useTranslation('settings');
  const errorText = useErrorText();
  const test = useMutation({
    ...telephonyVerifyMutation(),
    onSuccess: (telephony) => queryClient.setQueryData(telephonyGetQueryKey(), telephony),
  });
  return (
    <Group>
      <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate({})}>
        {t('twilio.test')}
      </Button>
      <Text size="sm" role="status">
        {test.isSuccess && t(`twilio.tested.${test.data.state}`)}
        {test.isError && errorText(test.error)}
      </Text>
    </Group>
  );
}
