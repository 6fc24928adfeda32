import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { useUser } from '../session/session.ts';
import { useEnableAll, useSmsInbound } from './sms-inbound.ts';

/** Says on every screen that nothing gets through, since when and who did it; an admin takes it back. */
export function AllDisabledBanner() {
  const { t } = useTranslation('entry-points');
  const { dateTime, number } = useFormat();
  const { can } = useUser();
  const { enable, isPending } = useEnableAll();
  const { enabled = true, disabledAt, disabledBy, entryPoints: count = 0 } = useSmsInbound() ?? {};
  if (enabled) return null;
  return (
    <Alert color="orange" radius={0} py="xs" icon={<IconAlertTriangle aria-hidden />} role="status">
      <Group justify="space-between" gap="xs">
        <Text size="sm" flex="1 1 260px" style={{ overflowWrap: 'anywhere' }}>
          <b>{t('disableAll.banner')}</b>{' '}
          {t('disableAll.since', { at: dateTime(disabledAt ?? ''), by: disabledBy?.name })}{' '}
          {t('disableAll.state', { count, shown: number(count) })}
        </Text>
        {can('entry-points:write') && (
          <Button size="xs" variant="default" loading={isPending} onClick={enable}>
            {t('disableAll.enable')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
