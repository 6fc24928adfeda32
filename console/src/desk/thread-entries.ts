import type { ContactDto, MessageDto } from '../api/generated/types.gen.ts';
import type { Attempt } from './create-outbox.ts';
import type { Thread } from './thread-merging.ts';

/** One line of a thread, from top to bottom. */
export type Entry = { key: string } & (
  | { kind: 'showEarlier'; count: number }
  | { kind: 'earlier'; contact: ContactDto; isOpen: boolean; isReading: boolean }
  | { kind: 'now' }
  | { kind: 'older'; contactId: string }
  | { kind: 'day'; at: string }
  | { kind: 'message'; message: MessageDto }
  | { kind: 'attempt'; attempt: Attempt }
);

/** An earlier contact of the customer; its thread once it was opened and read. */
export interface EarlierThread {
  contact: ContactDto;
  isOpen: boolean;
  thread: Thread | undefined;
}

/** All that a thread shows: what was before, on demand, then the contact's own messages, then what is on its way. */
export function toEntries(own: {
  contactId: string;
  thread: Thread;
  attempts: Attempt[];
  /** Null until asked for. */
  earlier: EarlierThread[] | null;
  earlierCount: number;
}): Entry[] {
  const entries: Entry[] = [];
  if (own.earlier === null && own.earlierCount > 0) {
    entries.push({ kind: 'showEarlier', key: 'showEarlier', count: own.earlierCount });
  }
  for (const { contact, isOpen, thread } of own.earlier ?? []) {
    entries.push({ kind: 'earlier', key: contact.id, contact, isOpen, isReading: isOpen && thread === undefined });
    if (isOpen && thread) entries.push(...toMessageEntries(contact.id, thread));
  }
  if (own.earlier !== null && own.earlier.length > 0) entries.push({ kind: 'now', key: 'now' });
  entries.push(...toMessageEntries(own.contactId, own.thread));
  const sent = sentKeysOf(own.thread);
  for (const attempt of own.attempts) {
    // The stream may be faster than the answer.
    if (!sent.has(attempt.key)) entries.push({ kind: 'attempt', key: attempt.key, attempt });
  }
  return entries;
}

/** The keys of the replies that have become messages. */
export const sentKeysOf = ({ messages }: Thread): Set<string> =>
  new Set(messages.flatMap(({ idempotencyKey }) => idempotencyKey ?? []));

function toMessageEntries(contactId: string, { messages, olderCursor }: Thread): Entry[] {
  const entries: Entry[] = [];
  if (olderCursor !== null) entries.push({ kind: 'older', key: `older-${contactId}`, contactId });
  let day = '';
  for (const message of messages) {
    const messageDay = new Date(message.at).toDateString();
    if (messageDay !== day)
      entries.push({ kind: 'day', key: `day-${message.contactId}-${messageDay}`, at: message.at });
    day = messageDay;
    entries.push({ kind: 'message', key: message.id, message });
  }
  return entries;
}
