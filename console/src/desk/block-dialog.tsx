import { Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { blockedSendersCreateMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { refresh } from '../api/query-client.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { WithPhoneNumbers } from '../ui/phone-number.tsx';

interface BlockDialogProps {
  customer: string;
  opened: boolean;
  onClose: () => void;
}

/** Asks before a sender's texts reach no agent any more. */
export function BlockDialog({ customer, opened, onClose }: BlockDialogProps) {
  const { t } = useTranslation('desk');
  const [reason, setReason] = useState('');
  const block = useMutation({
    ...blockedSendersCreateMutation(),
    onSuccess: () => {
      refresh(['blockedSendersList']);
      notifications.show({
        message: <WithPhoneNumbers text={t('block.done', { customer })} />,
        closeButtonProps: { 'aria-label': t('ui:close') },
      });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      opened={opened}
      title={t('block.title')}
      confirm={t('block.confirm')}
      action={block}
      onConfirm={() => block.mutate({ body: { phoneNumber: customer, ...(reason.trim() !== '' && { reason }) } })}
      onClose={onClose}
    >
      <Text size="sm">
        <WithPhoneNumbers text={t('block.effect', { customer })} />
      </Text>
      <TextInput
        label={t('block.reason')}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
