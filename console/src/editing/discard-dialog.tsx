import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface DiscardDialogProps {
  opened: boolean;
  onStay: () => void;
  onDiscard: () => void;
}

/** Asks before changes that are not saved are thrown away. */
export function DiscardDialog({ opened, onStay, onDiscard }: DiscardDialogProps) {
  const { t } = useTranslation('editing');
  return (
    <Modal opened={opened} onClose={onStay} title={t('unsavedTitle')} closeButtonProps={{ 'aria-label': t('stay') }}>
      <Text size="sm">{t('unsavedText')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onDiscard}>
          {t('discard')}
        </Button>
        <Button data-autofocus onClick={onStay}>
          {t('stay')}
        </Button>
      </Group>
    </Modal>
  );
}
