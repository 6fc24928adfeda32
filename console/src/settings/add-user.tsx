import { Button, Group, Modal, PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usersCreateMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { CreateUserDto, UserDto } from '../api/generated/types.gen.ts';
import { errorCodeOf } from '../api/problem.ts';
import { refresh } from '../api/query-client.ts';
import { useErrorText, useFieldTexts } from '../ui/error-text.ts';
import { Failure } from '../ui/failure.tsx';
import { ShownOnce } from './shown-once.tsx';

/** Adds a user; the password that was made for them is shown before the dialog goes. */
export function AddUser({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [made, setMade] = useState<{ email: string; password: string }>();
  const close = () => {
    onClose();
    setMade(undefined);
  };
  return (
    <Modal opened={opened} onClose={close} title={t('users.add')} closeOnClickOutside={made === undefined}>
      {made === undefined ? (
        <NewUser onCreated={(email, password) => (password === null ? close() : setMade({ email, password }))} />
      ) : (
        <ShownOnce
          text={t('users.firstPassword', { email: made.email })}
          secret={made.password}
          label={t('users.password')}
          onDone={close}
        />
      )}
    </Modal>
  );
}

function NewUser({ onCreated }: { onCreated: (email: string, password: string | null) => void }) {
  const { t } = useTranslation('settings');
  const fieldTexts = useFieldTexts();
  const errorText = useErrorText();
  const [user, setUser] = useState<Required<CreateUserDto>>({ email: '', role: 'agent', password: '' });
  const create = useMutation({
    ...usersCreateMutation(),
    onSuccess: ({ email, password }) => {
      refresh(['usersList']);
      onCreated(email, password);
    },
  });
  const { password, ...rest } = user;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ body: { ...rest, ...(password !== '' && { password }) } });
  };
  const errors = fieldTexts(create.error);
  const isTaken = errorCodeOf(create.error) === 'email_taken';
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack>
        <Failure error={isTaken ? null : create.error} fields={['email', 'role', 'password']} />
        <TextInput
          label={t('users.email')}
          type="email"
          required
          autoComplete="off"
          data-autofocus
          value={user.email}
          error={isTaken ? errorText(create.error) : errors['email']}
          onChange={({ currentTarget: { value } }) => setUser((now) => ({ ...now, email: value }))}
        />
        <RoleChoice value={user.role} onChange={(role) => setUser((now) => ({ ...now, role }))} />
        <PasswordInput
          label={t('users.password')}
          description={t('users.passwordHint')}
          autoComplete="new-password"
          minLength={12}
          visibilityToggleButtonProps={{ 'aria-label': t('session:showPassword'), tabIndex: 0 }}
          value={password}
          error={errors['password']}
          aria-invalid={errors['password'] !== undefined}
          onChange={({ currentTarget: { value } }) => setUser((now) => ({ ...now, password: value }))}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('users.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function RoleChoice({ value, onChange }: { value: UserDto['role']; onChange: (role: UserDto['role']) => void }) {
  const { t } = useTranslation('settings');
  return (
    <Radio.Group label={t('users.role')} value={value} onChange={onChange}>
      <Stack gap="xs" mt="xs">
        {(['agent', 'admin'] as const).map((role) => (
          <Radio key={role} value={role} label={t(`users.roles.${role}`)} description={t(`users.roleText.${role}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
