import { ActionIcon, Menu } from '@mantine/core';
import { useClipboard, useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import {
  IconCopy,
  IconDeviceMobile,
  IconDots,
  IconEdit,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EntryPointDto } from '../api/generated/types.gen.ts';
import { useSimulatorUrl } from '../api/about.ts';
import { toPhone } from '../navigation/to-phone.ts';
import { DeleteEntryPoint } from './delete-entry-point.tsx';

/** What can be done with an entry point. */
export function EntryPointMenu({ entryPoint, onToggle }: { entryPoint: EntryPointDto; onToggle: () => void }) {
  const { t } = useTranslation('entry-points');
  const simulatorUrl = useSimulatorUrl();
  const clipboard = useClipboard();
  const [isDeleting, { open: askToDelete, close }] = useDisclosure();
  const { id, name, state, phoneNumber, webhookUrl } = entryPoint;
  const copy = (): void => {
    clipboard.copy(webhookUrl);
    notifications.show({ title: name, message: t('webhook.copied') });
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('menu.label', { name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={
              state === 'active' ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />
            }
            onClick={onToggle}
          >
            {t(state === 'active' ? 'menu.disable' : 'menu.enable')}
          </Menu.Item>
          <Menu.Item
            renderRoot={(props: object) => <Link to="/entry-points/$id" params={{ id }} {...props} />}
            leftSection={<IconEdit size={16} aria-hidden />}
          >
            {t('menu.edit')}
          </Menu.Item>
          {simulatorUrl !== null && (
            <Menu.Item
              renderRoot={(props: object) => <Link to="." search={toPhone(phoneNumber)} {...props} />}
              leftSection={<IconDeviceMobile size={16} aria-hidden />}
            >
              {t('menu.test')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={copy}>
            {t('menu.copyUrl')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={askToDelete}>
            {t('menu.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isDeleting && <DeleteEntryPoint entryPoint={entryPoint} onClose={close} />}
    </>
  );
}
