import { Box, Button, Center } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../session/session.ts';
import { EmptyState, ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { useAgentName } from './agents.ts';
import { useAccept } from './contact-actions.tsx';
import { type ContactFilter, toQuery } from './contact-filter.ts';
import { useContactFilter } from './use-contact-filter.ts';
import { useContactList } from './contact-lists.ts';
import { ContactRow } from './contact-row.tsx';
import classes from './desk.module.css';
import { useEntryPointName } from './entry-point-names.ts';
import { rowId } from './panes.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import type { ContactDto } from '../api/generated/types.gen.ts';

const ROW_PX = 84;
/** So many rows before the end of what was read, the next page is read. */
const AHEAD = 20;

/** One tab's contacts, however many: only those on the screen are in the page. */
export function ContactList({ filter, openId }: { filter: ContactFilter; openId: string | undefined }) {
  const { t } = useTranslation('desk');
  const { id: agentId } = useUser();
  const list = useContactList(toQuery(filter, agentId));
  if (list.data === undefined) {
    return (
      <Box p="xs">
        {list.isPending ? (
          <ListSkeleton height={76} />
        ) : (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        )}
      </Box>
    );
  }
  const contacts = list.data.pages.flatMap(({ data }) => data);
  if (contacts.length === 0) return <NoContacts filter={filter} />;
  return (
    <>
      <Rows
        contacts={contacts}
        isAll={!list.hasNextPage}
        openId={openId}
        onNearEnd={() => {
          if (list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError) void list.fetchNextPage();
        }}
      />
      {list.isFetchNextPageError && (
        <Center p="xs">
          <Button size="xs" variant="default" onClick={() => void list.fetchNextPage()}>
            {t('row.moreFailed')}
          </Button>
        </Center>
      )}
    </>
  );
}

interface RowsProps {
  contacts: ContactDto[];
  isAll: boolean;
  openId: string | undefined;
  onNearEnd: () => void;
}

function Rows({ contacts, isAll, openId, onNearEnd }: RowsProps) {
  const { t } = useTranslation('desk');
  const scroller = useRef<HTMLDivElement>(null);
  const { accept, accepting } = useAccept();
  const entryPointName = useEntryPointName();
  const agentName = useAgentName();
  const rows = useVirtualizer({
    count: contacts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => contacts[index]!.id,
    overscan: 8,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= contacts.length - AHEAD) onNearEnd();
  });

  const [currentId, setCurrentId] = useState(openId);
  const at = contacts.findIndex(({ id }) => id === (currentId ?? openId));
  const goTo = (index: number): void => {
    const contact = contacts[Math.max(0, Math.min(index, contacts.length - 1))]!;
    setCurrentId(contact.id);
    rows.scrollToIndex(contacts.indexOf(contact));
    requestAnimationFrame(() => document.getElementById(rowId(contact.id))?.focus({ preventScroll: true }));
  };
  useShortcuts({ j: () => goTo(at + 1), k: () => goTo(Math.max(at, 1) - 1) });
  const tabStop = Math.max(at, 0);
  return (
    <div ref={scroller} className={classes['scroll']}>
      <ul className={classes['virtual']} style={{ height: rows.getTotalSize() }} aria-label={t('pane.contacts')}>
        {items.map(({ index, key, start, size }) => {
          const contact = contacts[index]!;
          return (
            <li
              key={key}
              data-contact={contact.id}
              style={{ height: size, transform: `translateY(${start}px)` }}
              aria-setsize={isAll ? contacts.length : -1}
              aria-posinset={index + 1}
              onFocus={() => setCurrentId(contact.id)}
            >
              <ContactRow
                contact={contact}
                entryPointName={entryPointName(contact.entryPointId) ?? contact.dnis}
                agentName={agentName(contact.agentId)}
                isOpen={contact.id === openId}
                isTabStop={index === tabStop}
                isAccepting={accepting === contact.id}
                onAccept={accept}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function NoContacts({ filter }: { filter: ContactFilter }) {
  const { t } = useTranslation('desk');
  const { change } = useContactFilter();
  const isNarrowed = [filter.q, filter.entryPointId, filter.customer].some(Boolean);
  const clear = () => change({ q: undefined, entryPointId: undefined, customer: undefined });
  return (
    <EmptyState
      icon={<IconInbox aria-hidden />}
      title={t(isNarrowed ? 'empty.search' : `empty.${filter.tab}`)}
      text={isNarrowed ? undefined : t(`empty.${filter.tab}Text`)}
      action={
        isNarrowed ? (
          <Button variant="default" onClick={clear}>
            {t('search.clear')}
          </Button>
        ) : filter.tab === 'new' ? undefined : (
          <Button variant="default" onClick={() => change({ tab: 'new' })}>
            {t('empty.seeNew')}
          </Button>
        )
      }
    />
  );
}
