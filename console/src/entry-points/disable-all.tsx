import { Checkbox, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryPointDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useSmsInbound, useSwitchAll } from './sms-inbound.ts';

/** The switch over all entry points as a box to tick. It names what it does, before it does. */
export function DisableAllBox({ entryPoints }: { entryPoints: EntryPointDto[] }) {
  const { t } = useTranslation('entry-points');
  const { number } = useFormat();
  const smsInbound = useSmsInbound();
  const switching = useSwitchAll();
  const [isAsking, setAsking] = useState(false);
  if (smsInbound === undefined) return null;
  const count = entryPoints.filter(({ enabled }) => enabled).length;
  return (
    <>
      <Checkbox
        label={t('disableAll.label')}
        checked={!smsInbound.enabled}
        disabled={switching.isPending}
        onChange={() => (smsInbound.enabled ? setAsking(true) : switching.mutate(true))}
      />
      <ConfirmDialog
        opened={isAsking}
        title={t('disableAll.title')}
        confirm={t('disableAll.confirm')}
        action={switching}
        onConfirm={() => switching.mutate(false, { onSuccess: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        <Text size="sm">{t('disableAll.effect', { count, shown: number(count) })}</Text>
        <Text size="sm">{t('disableAll.own')}</Text>
      </ConfirmDialog>
    </>
  );
}
