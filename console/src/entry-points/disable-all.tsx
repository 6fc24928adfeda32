import { Checkbox, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { allEntryPointsOptions } from '../api/all-entry-points.ts';
import { useSmsInbound, useSwitchAll } from './sms-inbound.ts';

/** The switch over all entry points as a box to tick. */
export function DisableAllBox() {
  const { t } = useTranslation('entry-points');
  const smsInbound = useSmsInbound();
  const enabling = useSwitchAll();
  const [isAsking, question] = useDisclosure();
  if (smsInbound === undefined) return null;
  return (
    <>
      <Checkbox
        label={t('disableAll.label')}
        checked={!smsInbound.enabled}
        disabled={enabling.isPending}
        onChange={() => (smsInbound.enabled ? question.open() : enabling.mutate(true))}
      />
      <DisableAllDialog opened={isAsking} onClose={question.close} />
    </>
  );
}

/** Names what the switch does, before it does. */
export function DisableAllDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('entry-points');
  const { number } = useFormat();
  const { data: entryPoints = [] } = useQuery({ ...allEntryPointsOptions, enabled: opened });
  const disabling = useSwitchAll();
  const count = entryPoints.filter(({ enabled }) => enabled).length;
  return (
    <ConfirmDialog
      opened={opened}
      title={t('disableAll.title')}
      confirm={t('disableAll.confirm')}
      action={disabling}
      onConfirm={() => disabling.mutate(false, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text size="sm">{t('disableAll.effect', { count, shown: number(count) })}</Text>
      <Text size="sm">{t('disableAll.own')}</Text>
    </ConfirmDialog>
  );
}
