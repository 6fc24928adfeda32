import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { contactsListMessagesQueryKey } from '../api/generated/@tanstack/react-query.gen.ts';
import { contactsListMessages } from '../api/generated/sdk.gen.ts';
import type { MessageDto, MessageMediaDto, MessagePageDto } from '../api/generated/types.gen.ts';
import { queryClient } from '../api/query-client.ts';

const PAGE = 100;
const HOUR_MS = 3_600_000;
const FINAL = new Set(['received', 'delivered', 'read', 'undelivered', 'failed']);

/** As much of a contact's thread as was read, from its end back. */
export interface Thread {
  /** Oldest first. */
  messages: MessageDto[];
  /** Where to read on towards its beginning; null when that is there. */
  olderCursor: string | null;
}

const keyOf = (contactId: string) => contactsListMessagesQueryKey({ path: { id: contactId } });

const knownOf = (contactId: string): Thread | undefined => queryClient.getQueryData<Thread>(keyOf(contactId));

const threadOptions = (contactId: string) =>
  queryOptions({ queryKey: keyOf(contactId), queryFn: () => readThread(contactId) });

export const useThread = (contactId: string) => useQuery(threadOptions(contactId));

/** The threads of several contacts. */
export const useThreads = (contactIds: string[]) => useQueries({ queries: contactIds.map(threadOptions) });

const readPage = async (contactId: string, cursor: string | null): Promise<MessagePageDto> => {
  const query = { order: 'newest' as const, limit: PAGE, ...(cursor !== null && { cursor }) };
  return (await contactsListMessages({ path: { id: contactId }, query, throwOnError: true })).data;
};

/** Reads from the end back as far as something may have changed, which is one page as a rule, however long the thread. */
async function readThread(contactId: string): Promise<Thread> {
  let read: MessageDto[] = [];
  let cursor: string | null = null;
  do {
    const page: MessagePageDto = await readPage(contactId, cursor);
    read = [...page.data.toReversed(), ...read];
    cursor = page.nextCursor;
  } while (cursor !== null && !reachesAll(read, knownOf(contactId)));
  return join(knownOf(contactId), { messages: read, olderCursor: cursor });
}

function reachesAll(read: MessageDto[], known: Thread | undefined): boolean {
  if (known === undefined) return true;
  const rest = without(known.messages, read);
  return rest.length < known.messages.length && rest.every(isSettled);
}

function join(known: Thread | undefined, read: Thread): Thread {
  if (known === undefined) return read;
  const rest = without(known.messages, read.messages);
  if (rest.length === 0 || rest.length === known.messages.length) return read;
  return { messages: [...rest, ...read.messages], olderCursor: known.olderCursor };
}

function without(messages: MessageDto[], others: MessageDto[]): MessageDto[] {
  const ids = new Set(others.map(({ id }) => id));
  return messages.filter(({ id }) => !ids.has(id));
}

/** Nothing more is to be heard of it; a carrier that says nothing for an hour will not either. */
const isSettled = ({ status, at, media }: MessageDto): boolean =>
  (FINAL.has(status) || Date.now() - Date.parse(at) > HOUR_MS) && media.every(({ state }) => state !== 'pending');

const readingOlder = new Map<string, Promise<void>>();

/** Reads one page more towards the beginning; once, however often it is asked for meanwhile. */
export function readOlder(contactId: string): Promise<void> {
  const reading = readingOlder.get(contactId) ?? readOlderPage(contactId);
  readingOlder.set(contactId, reading);
  return reading.finally(() => readingOlder.delete(contactId));
}

async function readOlderPage(contactId: string): Promise<void> {
  const cursor = knownOf(contactId)?.olderCursor ?? null;
  if (cursor === null) return;
  const page = await readPage(contactId, cursor);
  queryClient.setQueryData<Thread>(keyOf(contactId), (known) => {
    if (known?.olderCursor !== cursor) return known;
    return { messages: [...page.data.toReversed(), ...known.messages], olderCursor: page.nextCursor };
  });
}

/** Shows a message that was just written. */
export function addMessage(message: MessageDto): void {
  queryClient.setQueryData<Thread>(
    keyOf(message.contactId),
    (known) => known && { ...known, messages: [...without(known.messages, [message]), message] },
  );
}

/** Shows a picture or file as it is now. */
export function putMedia(contactId: string, media: MessageMediaDto): void {
  const inMessage = (message: MessageDto): MessageDto =>
    message.media.some(({ id }) => id === media.id)
      ? { ...message, media: message.media.map((each) => (each.id === media.id ? media : each)) }
      : message;
  queryClient.setQueryData<Thread>(
    keyOf(contactId),
    (known) => known && { ...known, messages: known.messages.map(inMessage) },
  );
}
