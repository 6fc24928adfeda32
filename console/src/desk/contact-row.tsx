import { Badge, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { PhoneNumber } from '../ui/phone-number.tsx';
import classes from './desk.module.css';
import { rowId } from './panes.ts';
import { WaitingTime } from './waiting-time.tsx';

interface ContactRowProps {
  contact: ContactDto;
  entryPointName: string;
  /** Who has it. */
  agentName: string;
  isOpen: boolean;
  /** Whether Tab leads here; from one row to another lead J and K. */
  isTabStop: boolean;
  isAccepting: boolean;
  onAccept: (id: string) => void;
}

export const ContactRow = memo(function ContactRow(props: ContactRowProps) {
  const { contact, entryPointName, agentName, isOpen, isTabStop, isAccepting, onAccept } = props;
  const { t } = useTranslation('desk');
  const tabIndex = isTabStop ? 0 : -1;
  return (
    <div className={classes['row']} data-open={isOpen || undefined}>
      <Link
        id={rowId(contact.id)}
        to="/desk/$id"
        params={{ id: contact.id }}
        search={(before: object) => ({ ...before, pane: undefined })}
        className={classes['rowLink']}
        tabIndex={tabIndex}
        aria-current={isOpen || undefined}
      >
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" fw={600} className={classes['oneLine']}>
            <PhoneNumber number={contact.ani} />
          </Text>
          {contact.state === 'waiting' ? <WaitingTime contact={contact} /> : <LastTime contact={contact} />}
        </Group>
        <Text size="sm" className={classes['oneLine']} dir="auto">
          {preview(contact) ?? (contact.lastMessage === null ? '\u00a0' : t('row.picture'))}
        </Text>
      </Link>
      <Group justify="space-between" wrap="nowrap" gap="xs" mt={2} mih={24}>
        <Text size="xs" c="dimmed" className={classes['oneLine']}>
          {entryPointName}
        </Text>
        {contact.state === 'waiting' ? (
          <Button
            size="compact-xs"
            style={{ flexShrink: 0 }}
            tabIndex={tabIndex}
            loading={isAccepting}
            onClick={() => onAccept(contact.id)}
            aria-label={t('row.acceptOf', { customer: contact.ani })}
          >
            {t('accept')}
          </Button>
        ) : (
          <StateOfRow contact={contact} agentName={agentName} />
        )}
      </Group>
    </div>
  );
});

/** The last message in one line; null when it has no text. */
const preview = ({ lastMessage }: ContactDto): string | null =>
  lastMessage?.body.replaceAll(/\s+/g, ' ').trim() || null;

function LastTime({ contact }: { contact: ContactDto }) {
  const { time, date } = useFormat();
  const isToday = new Date(contact.lastMessageAt).toDateString() === new Date().toDateString();
  return (
    <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
      {isToday ? time(contact.lastMessageAt) : date(contact.lastMessageAt)}
    </Text>
  );
}

function StateOfRow({ contact, agentName }: Pick<ContactRowProps, 'contact' | 'agentName'>) {
  const { t } = useTranslation('desk');
  if (contact.state === 'closed') return <Badge color="gray">{t('state.closed')}</Badge>;
  return (
    <Badge color="green" maw="60%">
      {agentName}
    </Badge>
  );
}
