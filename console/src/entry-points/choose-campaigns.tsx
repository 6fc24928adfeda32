import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DisableAll } from './use-disable-all.ts';

/** Where nobody knows which campaigns the master switch has disabled, a person says which to enable. */
export function ChooseCampaigns({ all, onClose }: { all: DisableAll; onClose: () => void }) {
  const { t } = useTranslation('entry-points');
  const [chosen, setChosen] = useState(all.disabled.map(({ id }) => id));
  const enable = (): void => {
    void all.enable(all.disabled.filter(({ id }) => chosen.includes(id))).then(onClose);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('disableAll.chooseTitle')}
      closeButtonProps={{ 'aria-label': t('ui:cancel') }}
    >
      <Stack>
        <Checkbox.Group label={t('disableAll.choose')} value={chosen} onChange={setChosen}>
          <Stack gap="xs" mt="xs">
            {all.disabled.map(({ id, name }) => (
              <Checkbox key={id} value={id} label={<bdi>{name}</bdi>} />
            ))}
          </Stack>
        </Checkbox.Group>
        {chosen.length === 0 && <Text size="sm">{t('disableAll.chooseOne')}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button disabled={chosen.length === 0} loading={all.isPending} onClick={enable}>
            {t('disableAll.enable')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
