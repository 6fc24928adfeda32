import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconBan, IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  blockedSendersDeleteMutation,
  blockedSendersListInfiniteOptions,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { BlockedSenderDto } from '../api/generated/types.gen.ts';
import { refresh } from '../api/query-client.ts';
import { useFormat } from '../i18n/format.ts';
import { useErrorText } from '../ui/error-text.ts';
import { EmptyState } from '../ui/list-states.tsx';
import { BY_CURSOR, PagedList } from '../ui/paged-list.tsx';
import { PhoneNumber, WithPhoneNumbers } from '../ui/phone-number.tsx';
import { BlockSender } from './block-sender.tsx';
import { SectionHead } from '../ui/section-head.tsx';

/** Whose SMS reach no agent. */
export function BlockedSenders() {
  const { t } = useTranslation('settings');
  const [isAdding, { open, close }] = useDisclosure();
  const { q } = useSearch({ strict: false });
  const senders = useInfiniteQuery({
    ...blockedSendersListInfiniteOptions({ query: q ? { q } : {} }),
    ...BY_CURSOR,
  });
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {t('blocked.add')}
    </Button>
  );
  return (
    <Stack maw={860}>
      <SectionHead text={t('blocked.intro')}>{add}</SectionHead>
      <Search />
      <PagedList
        query={senders}
        empty={
          <EmptyState
            icon={<IconBan aria-hidden />}
            title={t(q ? 'blocked.noneFound' : 'blocked.empty')}
            action={q ? undefined : add}
          />
        }
      >
        {(rows) => (
          <Stack gap="xs" role="list" aria-label={t('tabs.blocked-senders')}>
            {rows.map((sender) => (
              <SenderRow key={sender.id} sender={sender} />
            ))}
          </Stack>
        )}
      </PagedList>
      <BlockSender opened={isAdding} onClose={close} />
    </Stack>
  );
}

function Search() {
  const { t } = useTranslation('settings');
  const { tab, q = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [text, setText] = useState(q);
  const search = useDebouncedCallback(
    (wanted: string) => void navigate({ to: '/settings', search: { tab, q: wanted || undefined }, replace: true }),
    300,
  );
  return (
    <TextInput
      type="search"
      maw={360}
      label={t('blocked.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      maxLength={200}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        search(value.trim());
      }}
    />
  );
}

function SenderRow({ sender: { id, phoneNumber, reason, createdAt } }: { sender: BlockedSenderDto }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const errorText = useErrorText();
  const unblock = useMutation({
    ...blockedSendersDeleteMutation(),
    onSuccess: () => {
      refresh(['blockedSendersList']);
      notifications.show({
        color: 'green',
        message: <WithPhoneNumbers text={t('blocked.unblocked', { phoneNumber })} />,
      });
    },
  });
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between">
        <Stack gap={2} flex={1} miw={200} style={{ overflowWrap: 'anywhere' }}>
          <Text fw={600}>
            <PhoneNumber number={phoneNumber} />
          </Text>
          {reason && (
            <Text size="sm" dir="auto">
              {reason}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {t('blocked.since', { at: format.dateTime(createdAt) })}
          </Text>
          {unblock.isError && (
            <Text size="sm" c="red" role="alert">
              {errorText(unblock.error)}
            </Text>
          )}
        </Stack>
        <Button
          size="xs"
          variant="default"
          loading={unblock.isPending}
          aria-label={t('blocked.unblockNamed', { phoneNumber })}
          onClick={() => unblock.mutate({ path: { id } })}
        >
          {t('blocked.unblock')}
        </Button>
      </Group>
    </Paper>
  );
}
