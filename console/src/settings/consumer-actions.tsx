import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { consumersDeleteMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ConsumerDto } from '../api/generated/types.gen.ts';
import { refresh } from '../api/query-client.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ConsumerDeliveries } from './consumer-deliveries.tsx';
import { ReplayConsumer } from './replay-consumer.tsx';

export function ConsumerActions({ consumer: { name, queueName } }: { consumer: ConsumerDto }) {
  const { t } = useTranslation('settings');
  const [isLooking, looking] = useDisclosure();
  const [isReplaying, replaying] = useDisclosure();
  const [isDeleting, deleting] = useDisclosure();
  const remove = useMutation({
    ...consumersDeleteMutation(),
    onSuccess: () => {
      refresh(['consumersList']);
      deleting.close();
    },
  });
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" onClick={looking.open} aria-label={t('consumers.deliveriesOf', { name })}>
        {t('consumers.deliveries')}
      </Button>
      <Button size="xs" variant="default" onClick={replaying.open} aria-label={t('consumers.replayTo', { name })}>
        {t('consumers.replay')}
      </Button>
      <Button
        size="xs"
        variant="outline"
        color="red"
        onClick={deleting.open}
        aria-label={t('consumers.deleteNamed', { name })}
      >
        {t('ui:delete')}
      </Button>
      <ConsumerDeliveries name={name} opened={isLooking} onClose={looking.close} />
      <ReplayConsumer name={name} opened={isReplaying} onClose={replaying.close} />
      <ConfirmDialog
        opened={isDeleting}
        title={t('consumers.deleteNamed', { name })}
        confirm={t('ui:delete')}
        action={remove}
        onConfirm={() => remove.mutate({ path: { name } })}
        onClose={deleting.close}
      >
        <Text size="sm">{t('consumers.deleteEffect', { queueName })}</Text>
      </ConfirmDialog>
    </Group>
  );
}
