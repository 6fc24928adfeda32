import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/**
 * Asks before somebody leaves a screen with changes that are not saved, also by closing the tab.
 * @param hasChanges asked at that moment, so that one may leave right after saving
 */
export function UnsavedGuard({ hasChanges }: { hasChanges: () => boolean }) {
  const { t } = useTranslation('editing');
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && hasChanges(),
    enableBeforeUnload: hasChanges,
    withResolver: true,
  });
  const stay = () => blocker.reset?.();
  return (
    <Modal
      opened={blocker.status === 'blocked'}
      onClose={stay}
      title={t('unsavedTitle')}
      closeButtonProps={{ 'aria-label': t('stay') }}
    >
      <Text size="sm">{t('unsavedText')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t('discard')}
        </Button>
        <Button data-autofocus onClick={stay}>
          {t('stay')}
        </Button>
      </Group>
    </Modal>
  );
}
