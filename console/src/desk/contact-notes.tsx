import { ActionIcon, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  contactNotesAddMutation,
  contactNotesDeleteMutation,
  contactNotesListInfiniteOptions,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { ContactNoteDto } from '../api/generated/types.gen.ts';
import { refresh } from '../api/query-client.ts';
import { useFormat } from '../i18n/format.ts';
import { useUser } from '../session/session.ts';
import { Failure } from '../ui/failure.tsx';
import { BY_CURSOR, PagedList } from '../ui/paged-list.tsx';
import { useAgentName } from './agents.ts';
import classes from './desk.module.css';
import { NOTE } from './panes.ts';

/** What agents tell each other about the contact; the customer never sees it. */
export function ContactNotes({ contactId }: { contactId: string }) {
  const { t } = useTranslation('desk');
  const query = useInfiniteQuery({
    ...contactNotesListInfiniteOptions({ path: { id: contactId } }),
    ...BY_CURSOR,
    initialPageParam: { path: { id: contactId } },
  });
  return (
    <Stack gap="sm">
      <PagedList query={query} empty={null}>
        {(notes) => notes.map((note) => <Note key={note.id} note={note} />)}
      </PagedList>
      <AddNote contactId={contactId} />
      <Text size="xs" c="dimmed">
        {t('notes.hint')}
      </Text>
    </Stack>
  );
}

function Note({ note: { id, contactId, body, agentId, createdAt } }: { note: ContactNoteDto }) {
  const { t } = useTranslation('desk');
  const { dateTime } = useFormat();
  const agentName = useAgentName();
  const remove = useMutation({
    ...contactNotesDeleteMutation(),
    onSuccess: () => {
      refresh(['contactNotesList'], contactId);
      document.getElementById(NOTE)?.focus();
    },
  });
  const when = dateTime(createdAt);
  return (
    <div>
      <Group justify="space-between" gap={4} wrap="nowrap">
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          <bdi>{agentName(agentId)}</bdi> · {when}
        </Text>
        <ActionIcon
          size="sm"
          aria-label={t('notes.delete', { when })}
          title={t('ui:delete')}
          loading={remove.isPending}
          onClick={() => remove.mutate({ path: { id: contactId, noteId: id } })}
        >
          <IconTrash size={14} aria-hidden />
        </ActionIcon>
      </Group>
      <Text size="sm" className={classes['theirs']} dir="auto">
        {body}
      </Text>
      <Failure error={remove.error} />
    </div>
  );
}

function AddNote({ contactId }: { contactId: string }) {
  const { t } = useTranslation('desk');
  const { id: agentId } = useUser();
  const [body, setBody] = useState('');
  const add = useMutation({
    ...contactNotesAddMutation(),
    onSuccess: () => {
      setBody('');
      refresh(['contactNotesList'], contactId);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body.trim() !== '' && !add.isPending) add.mutate({ path: { id: contactId }, body: { body, agentId } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Textarea
          id={NOTE}
          aria-label={t('notes.label')}
          placeholder={t('notes.label')}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          maxLength={4_000}
          dir="auto"
          autosize
          minRows={1}
          maxRows={6}
        />
        <Failure error={add.error} />
        <Button type="submit" size="xs" variant="default" disabled={body.trim() === ''} loading={add.isPending}>
          {t('notes.add')}
        </Button>
      </Stack>
    </form>
  );
}
