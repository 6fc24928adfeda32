import { Box } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { useUser } from '../session/session.ts';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { useEarlierContacts } from './earlier-contacts.ts';
import { settle, useAttempts } from './outbox.ts';
import { useThread, useThreads } from './thread.ts';
import { sentKeysOf, toEntries } from './thread-entries.ts';
import { ThreadList } from './thread-list.tsx';

/** What was said: with this contact, and on demand with the customer's contacts of before. */
export function ThreadView({ contact }: { contact: ContactDto }) {
  const { id: agentId } = useUser();
  const own = useThread(contact.id);
  const attempts = useAttempts(contact.id, agentId);
  useEffect(() => own.data && settle(sentKeysOf(own.data)), [own.data]);
  const earlier = useEarlierContacts(contact.id).data ?? [];
  const [isEarlierShown, setEarlierShown] = useState(false);
  const [openIds, setOpenIds] = useState<string[]>([]);
  const threads = useThreads(openIds);
  if (own.data === undefined) {
    return (
      <Box flex={1} p="sm">
        {own.isPending ? <ListSkeleton /> : <ErrorState error={own.error} onRetry={() => void own.refetch()} />}
      </Box>
    );
  }
  const entries = toEntries({
    contactId: contact.id,
    thread: own.data,
    attempts,
    earlierCount: earlier.length,
    earlier: isEarlierShown
      ? earlier.map((each) => ({
          contact: each,
          isOpen: openIds.includes(each.id),
          thread: threads[openIds.indexOf(each.id)]?.data,
        }))
      : null,
  });
  const toggle = (id: string): void =>
    setOpenIds((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]));
  const showEarlier = (): void => {
    setEarlierShown(true);
    setOpenIds(earlier.slice(-1).map(({ id }) => id));
  };
  return <ThreadList contact={contact} entries={entries} onShowEarlier={showEarlier} onToggleEarlier={toggle} />;
}
