import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignDto, EntryPointDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import type { DisableAll } from './use-disable-all.ts';

interface ConfirmDisableAllProps {
  all: DisableAll;
  entryPoints: EntryPointDto[];
  onClose: () => void;
}

/** Names what the master switch does, before it does. */
export function ConfirmDisableAll({ all, entryPoints, onClose }: ConfirmDisableAllProps) {
  const { t } = useTranslation('entry-points');
  const { number } = useFormat();
  const count = entryPoints.filter(({ enabled }) => enabled).length;
  const names = (campaigns: CampaignDto[]): string => campaigns.map(({ name }) => name).join(', ');
  return (
    <Modal opened onClose={onClose} title={t('disableAll.title')} closeButtonProps={{ 'aria-label': t('ui:cancel') }}>
      <Stack gap="sm">
        <Text size="sm">{t('disableAll.effect', { count, shown: number(count) })}</Text>
        <Text size="sm">{t('disableAll.campaigns', { count: all.enabled.length, names: names(all.enabled) })}</Text>
        {all.disabled.length > all.remembered.length && (
          <Text size="sm">
            {t('disableAll.alreadyOff', {
              names: names(all.disabled.filter((each) => !all.remembered.includes(each))),
            })}
          </Text>
        )}
        <Text size="sm">{t('disableAll.own')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('ui:cancel')}
          </Button>
          <Button color="red" loading={all.isPending} onClick={() => void all.disableAll().then(onClose)}>
            {t('disableAll.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
