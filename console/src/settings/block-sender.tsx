import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { blockedSendersCreateMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { refresh } from '../api/query-client.ts';
import { useFieldTexts } from '../ui/error-text.ts';
import { Failure } from '../ui/failure.tsx';

export function BlockSender({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <Modal opened={opened} onClose={onClose} title={t('blocked.add')}>
      <NewBlockedSender onDone={onClose} />
    </Modal>
  );
}

function NewBlockedSender({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('settings');
  const fieldTexts = useFieldTexts();
  const [phoneNumber, setPhoneNumber] = useState('');
  const [reason, setReason] = useState('');
  const block = useMutation({
    ...blockedSendersCreateMutation(),
    onSuccess: () => {
      refresh(['blockedSendersList']);
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    block.mutate({ body: { phoneNumber, ...(reason.trim() !== '' && { reason }) } });
  };
  const errors = fieldTexts(block.error);
  return (
    <form onSubmit={submit}>
      <Stack>
        <Failure error={block.error} fields={['phoneNumber', 'reason']} />
        <TextInput
          label={t('blocked.phoneNumber')}
          description={t('blocked.phoneNumberHint')}
          required
          maxLength={64}
          data-autofocus
          value={phoneNumber}
          error={errors['phoneNumber']}
          onChange={(event) => setPhoneNumber(event.currentTarget.value)}
        />
        <TextInput
          label={t('blocked.reason')}
          description={t('blocked.reasonHint')}
          maxLength={200}
          value={reason}
          error={errors['reason']}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={block.isPending}>
            {t('blocked.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
