import { Alert, Button, Checkbox, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryPointDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { ChooseCampaigns } from './choose-campaigns.tsx';
import { ConfirmDisableAll } from './confirm-disable-all.tsx';
import type { DisableAll } from './use-disable-all.ts';

/** The master switch as a box to tick. */
export function DisableAllBox({ all, entryPoints }: { all: DisableAll; entryPoints: EntryPointDto[] }) {
  const { t } = useTranslation('entry-points');
  const [asks, setAsks] = useState<'disable' | 'enable' | null>(null);
  const untick = (): void => {
    if (all.remembered.length > 0) void all.enable(all.remembered);
    else setAsks('enable');
  };
  return (
    <>
      <Checkbox
        label={t('disableAll.label')}
        checked={all.isOn}
        disabled={all.isPending || (all.enabled.length === 0 && all.disabled.length === 0)}
        onChange={() => (all.isOn ? untick() : setAsks('disable'))}
      />
      {asks === 'disable' && <ConfirmDisableAll all={all} entryPoints={entryPoints} onClose={() => setAsks(null)} />}
      {asks === 'enable' && <ChooseCampaigns all={all} onClose={() => setAsks(null)} />}
    </>
  );
}

/** Says that nothing gets through while the master switch is on, since when, and takes it back. */
export function AllDisabledBanner({ all }: { all: DisableAll }) {
  const { t } = useTranslation('entry-points');
  const { dateTime } = useFormat();
  const [isChoosing, setChoosing] = useState(false);
  if (!all.isOn) return null;
  const undo = (): void => {
    if (all.remembered.length > 0) void all.enable(all.remembered);
    else setChoosing(true);
  };
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('disableAll.banner')} role="status" mb="md">
      <Group justify="space-between">
        <Text size="sm">
          {all.memory === null
            ? t('disableAll.unknown')
            : t('disableAll.since', { at: dateTime(all.memory.at), by: all.memory.by })}
        </Text>
        <Button size="xs" variant="default" loading={all.isPending} onClick={undo}>
          {t('disableAll.undo')}
        </Button>
      </Group>
      {isChoosing && <ChooseCampaigns all={all} onClose={() => setChoosing(false)} />}
    </Alert>
  );
}
