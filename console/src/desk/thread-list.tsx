import { Box, Button, VisuallyHidden } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';
import classes from './desk.module.css';
import { THREAD } from './panes.ts';
import { useStayInPlace } from './stay-in-place.ts';
import { readOlder } from './thread.ts';
import type { Entry } from './thread-entries.ts';
import { ThreadEntry } from './thread-entry.tsx';

const MESSAGE_PX = 72;
const LINE_PX = 40;
/** So far from its end, one still reads along. */
const NEAR_END_PX = 80;
/** So many lines before the first one that was read, older ones are read. */
const AHEAD = 15;

interface ThreadListProps {
  contact: ContactDto;
  entries: Entry[];
  onShowEarlier: () => void;
  onToggleEarlier: (contactId: string) => void;
}

/** A thread of any length. It opens at its end and stays there as messages come, unless the person has scrolled up. */
export function ThreadList({ contact, entries, onShowEarlier, onToggleEarlier }: ThreadListProps) {
  const { t } = useTranslation('desk');
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const lines = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (['message', 'attempt'].includes(entries[index]!.kind) ? MESSAGE_PX : LINE_PX),
    getItemKey: (index) => entries[index]!.key,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: NEAR_END_PX,
    overscan: 10,
    paddingStart: 8,
    paddingEnd: 8,
    onChange: (instance) => setAtEnd(instance.isAtEnd(NEAR_END_PX)),
  });
  const items = lines.getVirtualItems();

  useLayoutEffect(() => lines.scrollToEnd(), [lines]);
  useStayInPlace(lines, entries);

  // They come last.
  const ownAttempts = entries.length - 1 - entries.findLastIndex(({ kind }) => kind !== 'attempt');
  const attemptsBefore = useRef(ownAttempts);
  useEffect(() => {
    if (ownAttempts > attemptsBefore.current) lines.scrollToEnd();
    attemptsBefore.current = ownAttempts;
  }, [ownAttempts, lines]);

  const firstIndex = items[0]?.index ?? 0;
  const older = entries.slice(Math.max(0, firstIndex - AHEAD), (items.at(-1)?.index ?? 0) + 1);
  const olderOf = older.find((entry) => entry.kind === 'older')?.contactId;
  const length = entries.length;
  useEffect(() => {
    // When it fails, its line stays, with a button that says why.
    if (olderOf !== undefined) void readOlder(olderOf).catch(() => undefined);
  }, [olderOf, length]);

  const { unseen, latest } = useNewMessages(entries, isAtEnd);
  return (
    <Box flex={1} mih={0} pos="relative" style={{ display: 'flex' }}>
      <div
        ref={scroller}
        id={THREAD}
        className={classes['scroll']}
        tabIndex={0}
        onKeyDown={(event) => {
          const isHome = event.key === 'Home';
          if ((!isHome && event.key !== 'End') || event.target !== event.currentTarget) return;
          // The browser would glide there, and stop as soon as a line proves higher than was thought.
          event.preventDefault();
          if (isHome) lines.scrollToIndex(0);
          else lines.scrollToEnd();
        }}
        role="region"
        aria-label={t('thread.label', { customer: contact.ani })}
      >
        <ul className={classes['virtual']} style={{ height: lines.getTotalSize() }}>
          {items.map(({ index, key, start }) => (
            <li
              key={key}
              ref={lines.measureElement}
              data-index={index}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={length}
              aria-posinset={index + 1}
            >
              <ThreadEntry
                entry={entries[index]!}
                contact={contact}
                onShowEarlier={onShowEarlier}
                onToggleEarlier={onToggleEarlier}
              />
            </li>
          ))}
        </ul>
      </div>
      {unseen > 0 && (
        <div className={classes['newMessages']}>
          <Button
            size="xs"
            radius="xl"
            rightSection={<IconArrowDown size={14} aria-hidden />}
            onClick={() => lines.scrollToEnd()}
          >
            {t('thread.newMessages', { count: unseen })}
          </Button>
        </div>
      )}
      <VisuallyHidden role="status" aria-live="polite">
        {latest && t('announce.message', { text: latest })}
      </VisuallyHidden>
    </Box>
  );
}

/** What has come since the person last was at the end, and the text of what came last since the thread was opened. */
function useNewMessages(entries: Entry[], isAtEnd: boolean): { unseen: number; latest: string | null } {
  const inbound = useMemo(
    () =>
      entries.flatMap((entry) =>
        entry.kind === 'message' && entry.message.direction === 'inbound' ? [entry.message] : [],
      ),
    [entries],
  );
  const last = inbound.at(-1);
  const [opened] = useState(last?.id);
  const [seen, setSeen] = useState(last?.id);
  if (isAtEnd && seen !== last?.id) setSeen(last?.id);
  const unseen = isAtEnd ? 0 : inbound.length - 1 - inbound.findLastIndex(({ id }) => id === seen);
  return { unseen, latest: last === undefined || last.id === opened ? null : last.body };
}
