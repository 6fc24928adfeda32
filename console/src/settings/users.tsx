import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usersListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { UserDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { useUser } from '../session/session.ts';
import { BY_CURSOR, PagedList } from '../ui/paged-list.tsx';
import { AddUser } from './add-user.tsx';
import { SectionHead } from '../ui/section-head.tsx';
import { UserActions } from './user-actions.tsx';

/** Who may sign in, and as what. */
export function Users() {
  const { t } = useTranslation('settings');
  const [isAdding, { open, close }] = useDisclosure();
  const users = useInfiniteQuery({ ...usersListInfiniteOptions(), ...BY_CURSOR });
  return (
    <Stack maw={860}>
      <SectionHead text={t('users.intro')}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
          {t('users.add')}
        </Button>
      </SectionHead>
      <PagedList query={users} empty={null}>
        {(rows) => (
          <Stack gap="xs" role="list" aria-label={t('tabs.users')}>
            {rows.map((user) => (
              <UserRow key={user.id} user={user} />
            ))}
          </Stack>
        )}
      </PagedList>
      <AddUser opened={isAdding} onClose={close} />
    </Stack>
  );
}

function UserRow({ user }: { user: UserDto }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const self = useUser();
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between" wrap="nowrap" align="start">
        <Stack gap={4} miw={0}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{user.email}</bdi>
          </Text>
          <Group gap="xs">
            <Badge color={user.role === 'admin' ? 'indigo' : 'gray'}>{t(`users.roles.${user.role}`)}</Badge>
            {user.id === self.id && <Badge color="gray">{t('users.you')}</Badge>}
            {user.disabledAt && <Badge color="red">{t('users.disabled')}</Badge>}
            {user.mustChangePassword && <Badge color="orange">{t('users.mustChangePassword')}</Badge>}
            <Text size="sm" c="dimmed">
              {t('users.since', { at: format.date(user.createdAt) })}
            </Text>
          </Group>
        </Stack>
        {user.id !== self.id && <UserActions user={user} />}
      </Group>
    </Paper>
  );
}
