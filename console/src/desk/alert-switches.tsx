import { ActionIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBell, IconBellOff, IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { beep } from './beep.ts';
import { usePreferences } from '../session/preferences.ts';
import { askToNotify, canNotify } from './notify.ts';

/** How an agent wants to hear of new contacts, beside the count in the tab's title. */
export function AlertSwitches() {
  const { t } = useTranslation('desk');
  const { sound, notification, prefer } = usePreferences();
  const toggleSound = (): void => {
    if (!sound) beep();
    prefer({ sound: !sound });
  };
  const toggleNotification = async (): Promise<void> => {
    if (notification) return prefer({ notification: false });
    if (await askToNotify()) return prefer({ notification: true });
    notifications.show({ color: 'orange', message: t('notificationRefused') });
  };
  return (
    <>
      {canNotify && (
        <ActionIcon
          aria-label={t('notification')}
          aria-pressed={notification}
          title={t(notification ? 'notificationIsOn' : 'notificationIsOff')}
          onClick={() => void toggleNotification()}
        >
          {notification ? <IconBell size={18} aria-hidden /> : <IconBellOff size={18} aria-hidden />}
        </ActionIcon>
      )}
      <ActionIcon
        aria-label={t('sound')}
        aria-pressed={sound}
        title={t(sound ? 'soundIsOn' : 'soundIsOff')}
        onClick={toggleSound}
      >
        {sound ? <IconVolume size={18} aria-hidden /> : <IconVolumeOff size={18} aria-hidden />}
      </ActionIcon>
    </>
  );
}
