import { Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { entryPointsListOptions, telephonyDisconnectMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { refresh } from '../api/query-client.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { PhoneNumber } from '../ui/phone-number.tsx';

/** Lets the service forget the tokens, once it is clear what that does. */
export function DisconnectTwilio() {
  const { t } = useTranslation('settings');
  const [isOpen, { open, close }] = useDisclosure();
  const disconnect = useMutation({
    ...telephonyDisconnectMutation(),
    onSuccess: () => {
      refresh(['telephonyGet', 'aboutGet', 'phoneNumbersList', 'healthReportGet']);
      close();
    },
  });
  return (
    <Paper withBorder p="md">
      <Group justify="space-between">
        <Stack gap={2} maw={420}>
          <Title order={2} size="h4">
            {t('twilio.disconnectTitle')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('twilio.disconnectIntro')}
          </Text>
        </Stack>
        <Button color="red" variant="outline" onClick={open}>
          {t('twilio.disconnect')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={isOpen}
        title={t('twilio.disconnectQuestion')}
        confirm={t('twilio.disconnect')}
        action={disconnect}
        onConfirm={() => disconnect.mutate({})}
        onClose={close}
      >
        <Text size="sm">{t('twilio.disconnectEffect')}</Text>
        <AffectedEntryPoints />
        <Text size="sm">{t('twilio.disconnectStays')}</Text>
      </ConfirmDialog>
    </Paper>
  );
}

function AffectedEntryPoints() {
  const { t } = useTranslation('settings');
  const { data } = useQuery(entryPointsListOptions({ query: { limit: 10 } }));
  if (!data?.data.length) return null;
  return (
    <>
      <Text size="sm">{t('twilio.disconnectEntryPoints')}</Text>
      <List size="sm">
        {data.data.map(({ id, name, phoneNumber }) => (
          <List.Item key={id}>
            <bdi>{name}</bdi> (<PhoneNumber number={phoneNumber} />)
          </List.Item>
        ))}
        {data.nextCursor && <List.Item>{t('twilio.andMore')}</List.Item>}
      </List>
    </>
  );
}
