import { Button, Group, Modal, Stack } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from './failure.tsx';

interface ConfirmationProps {
  /** What the button says. */
  confirm: string;
  color?: string | undefined;
  action: Pick<UseMutationResult<unknown, unknown, never>, 'isPending' | 'error' | 'reset'>;
  onConfirm: () => void;
  onClose: () => void;
  /** What it does. */
  children: ReactNode;
}

/** Asks before something that has an effect elsewhere or cannot be taken back, and stays until it is done. */
export function ConfirmDialog({
  opened,
  title,
  ...confirmation
}: ConfirmationProps & { opened: boolean; title: string }) {
  const close = () => {
    confirmation.action.reset();
    confirmation.onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title}>
      <Confirmation {...confirmation} onClose={close} />
    </Modal>
  );
}

/** What a dialog that asks has in it. */
export function Confirmation({ confirm, color = 'red', action, onConfirm, onClose, children }: ConfirmationProps) {
  const { t } = useTranslation('ui');
  return (
    <Stack>
      {children}
      <Failure error={action.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color={color} loading={action.isPending} onClick={onConfirm}>
          {confirm}
        </Button>
      </Group>
    </Stack>
  );
}
