import { Alert, Button, Group, Text } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { blockedSendersDeleteMutation, blockedSendersListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { refresh } from '../api/query-client.ts';
import { useFormat } from '../i18n/format.ts';
import { Failure } from '../ui/failure.tsx';
import classes from './desk.module.css';

/** That the sender's texts reach nobody, and the way back; nothing while they do. */
export function BlockedSender({ customer }: { customer: string }) {
  const { t } = useTranslation('desk');
  const { dateTime } = useFormat();
  const { data } = useQuery(blockedSendersListOptions({ query: { q: customer, limit: 100 } }));
  const unblock = useMutation({
    ...blockedSendersDeleteMutation(),
    onSuccess: () => refresh(['blockedSendersList']),
  });
  const sender = data?.data.find(({ phoneNumber }) => phoneNumber === customer);
  if (sender === undefined) return null;
  return (
    <Alert color="orange" className={classes['section']} radius={0} icon={<IconBan aria-hidden />}>
      <Text size="sm">{t('block.since', { when: dateTime(sender.createdAt) })}</Text>
      {sender.reason !== null && (
        <Text size="sm" className={classes['theirs']} dir="auto">
          {sender.reason}
        </Text>
      )}
      <Failure error={unblock.error} />
      <Group mt="xs">
        <Button
          size="xs"
          variant="default"
          loading={unblock.isPending}
          onClick={() => unblock.mutate({ path: { id: sender.id } })}
        >
          {t('block.lift')}
        </Button>
      </Group>
    </Alert>
  );
}
