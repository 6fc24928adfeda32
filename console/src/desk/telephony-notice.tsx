import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ScreenLink } from '../ui/links.tsx';
import { useUser } from '../session/session.ts';

/** Before an agent writes while Twilio refuses the account's token: what becomes of it. */
export function TelephonyNotice() {
  const { t } = useTranslation('desk');
  const { can } = useUser();
  return (
    <Alert color="orange" radius={0} py="xs" icon={<IconAlertTriangle aria-hidden />} role="status">
      {t('failing')}{' '}
      {can('telephony:write') ? <ScreenLink to="/settings">{t('lock.settings')}</ScreenLink> : t('askAdmin')}
    </Alert>
  );
}
