import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { Failure } from '../ui/failure.tsx';
import { useAgents } from './agents.ts';
import { useTransfer } from './contact-actions.tsx';

const NOBODY = 'nobody';

interface TransferDialogProps {
  contact: ContactDto;
  opened: boolean;
  onClose: () => void;
}

/** Gives the contact to another agent, or back to those that wait for one. */
export function TransferDialog({ contact, opened, onClose }: TransferDialogProps) {
  const { t } = useTranslation('desk');
  const { agents } = useAgents();
  const [to, setTo] = useState<string | null>(null);
  const transfer = useTransfer();
  const close = () => {
    transfer.reset();
    setTo(null);
    onClose();
  };
  const confirm = () => {
    if (to === null) return;
    const agentId = to === NOBODY ? null : to;
    transfer.mutate({ path: { id: contact.id }, body: { agentId } }, { onSuccess: close });
  };
  const others = agents
    .filter(({ id }) => id !== contact.agentId)
    .map(({ id, email }) => ({ value: id, label: email }));
  const waiting = contact.state === 'waiting' ? [] : [{ value: NOBODY, label: t('transfer.toWaiting') }];
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('transfer.title')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      // The list of agents may be longer than the dialog.
      styles={{ content: { overflow: 'visible' } }}
    >
      <Stack>
        <Select
          label={t('transfer.to')}
          data={[...waiting, ...others]}
          value={to}
          onChange={setTo}
          searchable
          openOnFocus={false}
          nothingFoundMessage={t('transfer.nobodyFound')}
          comboboxProps={{ withinPortal: false }}
          data-autofocus
        />
        <Failure error={transfer.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('ui:cancel')}
          </Button>
          <Button disabled={to === null} loading={transfer.isPending} onClick={confirm}>
            {t('transfer.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
