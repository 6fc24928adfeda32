import { ActionIcon, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconEdit, IconMessage2Bolt, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cannedRepliesDeleteMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { CannedReplyDto } from '../api/generated/types.gen.ts';
import { refresh } from '../api/query-client.ts';
import { SectionHead } from '../ui/section-head.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { EmptyState, ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { allCannedRepliesOptions } from '../api/all-canned-replies.ts';
import { CannedReplyDialog } from './canned-reply-dialog.tsx';

/** What agents have ready. */
export function CannedReplies() {
  const { t } = useTranslation('settings');
  const replies = useQuery(allCannedRepliesOptions);
  const [opened, setOpened] = useState<CannedReplyDto | 'new' | null>(null);
  // As it is by now: one that was changed meanwhile is read again when that is reported.
  const edited = replies.data?.find(({ id }) => opened !== 'new' && id === opened?.id) ?? opened;
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpened('new')}>
      {t('cannedReplies.add')}
    </Button>
  );
  return (
    <Stack maw={860}>
      <SectionHead text={t('cannedReplies.intro')}>{replies.data?.length !== 0 && add}</SectionHead>
      {replies.isPending ? (
        <ListSkeleton />
      ) : replies.isError ? (
        <ErrorState error={replies.error} onRetry={() => void replies.refetch()} />
      ) : replies.data.length === 0 ? (
        <EmptyState
          icon={<IconMessage2Bolt aria-hidden />}
          title={t('cannedReplies.empty')}
          text={t('cannedReplies.emptyText')}
          action={add}
        />
      ) : (
        <Stack gap="xs" role="list" aria-label={t('tabs.canned-replies')}>
          {replies.data.map((reply) => (
            <ReplyRow key={reply.id} reply={reply} onEdit={() => setOpened(reply)} />
          ))}
        </Stack>
      )}
      <CannedReplyDialog reply={edited} onClose={() => setOpened(null)} />
    </Stack>
  );
}

function ReplyRow({ reply, onEdit }: { reply: CannedReplyDto; onEdit: () => void }) {
  const { t } = useTranslation('settings');
  const { id, shortcut, text, version } = reply;
  const [isDeleting, setDeleting] = useState(false);
  const remove = useMutation({
    ...cannedRepliesDeleteMutation(),
    onSuccess: () => setDeleting(false),
    onSettled: () => refresh(['cannedRepliesList']),
  });
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between" wrap="nowrap" align="start">
        <Stack gap={2} miw={0} style={{ overflowWrap: 'anywhere' }}>
          <Text fw={600}>
            <bdi>/{shortcut}</bdi>
          </Text>
          <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-wrap' }}>
            {text}
          </Text>
        </Stack>
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            aria-label={t('cannedReplies.editNamed', { shortcut })}
            title={t('cannedReplies.edit')}
            onClick={onEdit}
          >
            <IconEdit size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            aria-label={t('cannedReplies.deleteNamed', { shortcut })}
            title={t('ui:delete')}
            onClick={() => setDeleting(true)}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <ConfirmDialog
        opened={isDeleting}
        title={t('cannedReplies.deleteQuestion', { shortcut })}
        confirm={t('ui:delete')}
        action={remove}
        onConfirm={() => remove.mutate({ path: { id }, headers: { 'If-Match': `"${version}"` } })}
        onClose={() => setDeleting(false)}
      >
        <Text size="sm">{t('cannedReplies.deleteEffect')}</Text>
      </ConfirmDialog>
    </Paper>
  );
}
