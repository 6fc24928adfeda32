import { ActionIcon, Menu, Modal, Text } from '@mantine/core';
import { IconDots, IconKey, IconUserCheck, IconUserCog, IconUserOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usersUpdateMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { UpdateUserDto, UserDto } from '../api/generated/types.gen.ts';
import { refresh } from '../api/query-client.ts';
import { Confirmation } from '../ui/confirm-dialog.tsx';
import { makePassword } from './make-password.ts';
import { ShownOnce } from './shown-once.tsx';

type Change = 'role' | 'disable' | 'enable' | 'password';

/** What an admin may do about another user. Each change ends the user's sessions, so each is asked about. */
export function UserActions({ user }: { user: UserDto }) {
  const { t } = useTranslation('settings');
  const menuButton = useRef<HTMLButtonElement>(null);
  const [change, setChange] = useState<Change>('password');
  const [isOpen, setOpen] = useState(false);
  const [password, setPassword] = useState<string>();
  const otherRole = user.role === 'admin' ? 'agent' : 'admin';
  const update = useMutation({
    ...usersUpdateMutation(),
    onSuccess: (_user, { body }) => {
      refresh(['usersList']);
      // A new password is shown before the dialog goes.
      if (body.password === undefined) close();
      else setPassword(body.password);
    },
  });
  const close = () => setOpen(false);
  const ask = (next: Change) => () => {
    update.reset();
    setPassword(undefined);
    setChange(next);
    setOpen(true);
  };
  const bodyOf = (): UpdateUserDto => {
    if (change === 'role') return { role: otherRole };
    if (change === 'password') return { password: makePassword() };
    return { disabled: change === 'disable' };
  };
  const names = { email: user.email, role: t(`users.roles.${otherRole}`) };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon ref={menuButton} aria-label={t('users.actions', { email: user.email })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconUserCog size={16} aria-hidden />} onClick={ask('role')}>
            {t('users.change.role', names)}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={ask('password')}>
            {t('users.change.password')}
          </Menu.Item>
          {user.disabledAt ? (
            <Menu.Item leftSection={<IconUserCheck size={16} aria-hidden />} onClick={ask('enable')}>
              {t('users.change.enable')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconUserOff size={16} aria-hidden />} onClick={ask('disable')}>
              {t('users.change.disable')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isOpen}
        onClose={close}
        // The item of the menu that led here is gone by then.
        returnFocus={false}
        onExitTransitionEnd={() => menuButton.current?.focus()}
        title={user.email}
        closeOnClickOutside={password === undefined}
      >
        {password === undefined ? (
          <Confirmation
            color={change === 'disable' ? 'red' : 'indigo'}
            confirm={t(`users.change.${change}`, names)}
            action={update}
            onConfirm={() => update.mutate({ path: { id: user.id }, body: bodyOf() })}
            onClose={close}
          >
            <Text size="sm">{t(`users.effect.${change}`, names)}</Text>
          </Confirmation>
        ) : (
          <ShownOnce
            text={t('users.newPassword', names)}
            secret={password}
            label={t('users.password')}
            onDone={close}
          />
        )}
      </Modal>
    </>
  );
}
