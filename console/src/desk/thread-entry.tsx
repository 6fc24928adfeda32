import { Button, Center, Divider, Loader, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { Failure } from '../ui/failure.tsx';
import { AttemptBubble } from './attempt-bubble.tsx';
import classes from './desk.module.css';
import { useEntryPointName } from './entry-point-names.ts';
import { MessageBubble } from './message-bubble.tsx';
import { readOlder } from './thread.ts';
import type { Entry } from './thread-entries.ts';

interface ThreadEntryProps {
  entry: Entry;
  contact: ContactDto;
  onShowEarlier: () => void;
  onToggleEarlier: (contactId: string) => void;
}

/** One line of a thread. */
export function ThreadEntry({ entry, contact, onShowEarlier, onToggleEarlier }: ThreadEntryProps) {
  const { t } = useTranslation('desk');
  switch (entry.kind) {
    case 'showEarlier':
      return (
        <Center className={classes['entry']}>
          <Button size="compact-sm" variant="default" onClick={onShowEarlier}>
            {t('thread.showEarlier', { count: entry.count })}
          </Button>
        </Center>
      );
    case 'earlier':
      return <EarlierContact entry={entry} onToggle={() => onToggleEarlier(entry.contact.id)} />;
    case 'now':
      return <Divider className={classes['entry']} label={t('thread.now')} color="indigo" />;
    case 'older':
      return <Older contactId={entry.contactId} />;
    case 'day':
      return <Day at={entry.at} />;
    case 'message':
      return <MessageBubble message={entry.message} canRetry={contact.id === entry.message.contactId} />;
    case 'attempt':
      return <AttemptBubble attempt={entry.attempt} />;
  }
}

/** Older messages are read by themselves as one scrolls; the button is for when that failed. */
function Older({ contactId }: { contactId: string }) {
  const { t } = useTranslation('desk');
  const older = useMutation({ mutationFn: () => readOlder(contactId) });
  return (
    <Stack className={classes['entry']} align="center" gap="xs">
      <Failure error={older.error} />
      <Button size="compact-xs" variant="subtle" loading={older.isPending} onClick={() => older.mutate()}>
        {t('thread.older')}
      </Button>
    </Stack>
  );
}

function Day({ at }: { at: string }) {
  const { date } = useFormat();
  return (
    <Center className={classes['entry']}>
      <Text size="xs" c="dimmed" fw={600}>
        {date(at)}
      </Text>
    </Center>
  );
}

interface EarlierContactProps {
  entry: Extract<Entry, { kind: 'earlier' }>;
  onToggle: () => void;
}

function EarlierContact({ entry: { contact, isOpen, isReading }, onToggle }: EarlierContactProps) {
  const { t } = useTranslation('desk');
  const { date } = useFormat();
  const entryPointName = useEntryPointName();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Center className={classes['entry']}>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-expanded={isOpen}
        leftSection={isReading ? <Loader size={12} aria-label={t('ui:loading')} /> : <Chevron size={14} aria-hidden />}
        onClick={onToggle}
      >
        {t('thread.earlier', {
          date: date(contact.createdAt),
          state: t(`state.${contact.state}`),
          entryPoint: entryPointName(contact.entryPointId) ?? contact.dnis,
          count: contact.messageCount,
        })}
      </Button>
    </Center>
  );
}
