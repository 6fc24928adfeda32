import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { contactsListMessagesQueryKey } from '../api/generated/@tanstack/react-query.gen.ts';
import { contactsListMessages } from '../api/generated/sdk.gen.ts';
import type { MessageDto, MessageMediaDto, MessagePageDto } from '../api/generated/types.gen.ts';
import { queryClient } from '../api/query-client.ts';
import { joinThreads, reachesAll, type Thread, withMedia, withMessage, withOlder } from './thread-merging.ts';

const PAGE = 100;

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
  let read: Thread = { messages: [], olderCursor: null };
  do {
    read = withOlder(read.messages, await readPage(contactId, read.olderCursor));
  } while (read.olderCursor !== null && !reachesAll(read.messages, knownOf(contactId)));
  return joinThreads(knownOf(contactId), read);
}

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
  queryClient.setQueryData<Thread>(keyOf(contactId), (known) =>
    known?.olderCursor === cursor ? withOlder(known.messages, page) : known,
  );
}

/** Shows a message that was just written. */
export function addMessage(message: MessageDto): void {
  queryClient.setQueryData<Thread>(keyOf(message.contactId), (known) => known && withMessage(known, message));
}

/** Shows a picture or file as it is now. */
export function putMedia(contactId: string, media: MessageMediaDto): void {
  queryClient.setQueryData<Thread>(keyOf(contactId), (known) => known && withMedia(known, media));
}
