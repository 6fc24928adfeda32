import { useInfiniteQuery } from '@tanstack/react-query';
import { contactsGetQueryKey } from '../api/generated/@tanstack/react-query.gen.ts';
import { contactsGet, contactsList } from '../api/generated/sdk.gen.ts';
import type { ContactDto, ContactPageDto } from '../api/generated/types.gen.ts';
import { queryClient } from '../api/query-client.ts';
import type { ContactQuery } from './contact-filter.ts';
import { type ContactPages, findInPages, placeContact } from './place-contact.ts';

const LISTS = 'deskContacts';
const PAGE = 100;

const readPage = async (query: ContactQuery, signal?: AbortSignal): Promise<ContactPageDto> =>
  (await contactsList({ query: { ...query, limit: PAGE }, signal, throwOnError: true })).data;

/**
 * Contacts, page after page as one scrolls. Events do not read a long list again: `useLiveContacts` puts each contact
 * that has changed where it belongs.
 */
export const useContactList = (query: ContactQuery) =>
  useInfiniteQuery({
    queryKey: [LISTS, query],
    queryFn: ({ pageParam, signal }) => readPage({ ...query, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }: ContactPageDto) => nextCursor ?? undefined,
    staleTime: Infinity,
    gcTime: 0,
  });

/** Reads contacts again and puts them where they belong. */
export async function readContact(id: string): Promise<void> {
  putContact((await contactsGet({ path: { id }, throwOnError: true })).data);
}

/** Reads the beginning of each list on the screen again, as when very many contacts have come at once. */
export async function readBeginnings(): Promise<void> {
  const queries = queryClient.getQueryCache().findAll({ queryKey: [LISTS], type: 'active' });
  for (const { queryKey } of queries) {
    for (const contact of (await readPage(queryKey[1] as ContactQuery)).data) putContact(contact);
  }
}

/** A contact as far as it is known here. */
export function findContact(id: string): ContactDto | undefined {
  const open = queryClient.getQueryData<ContactDto>(contactsGetQueryKey({ path: { id } }));
  if (open !== undefined) return open;
  for (const [, list] of queryClient.getQueriesData<ContactPages>({ queryKey: [LISTS] })) {
    const listed = list && findInPages(list, id);
    if (listed) return listed;
  }
  return undefined;
}

/** Shows a contact as it is now: in each list where it belongs, no longer where it does not, and when it is open. */
export function putContact(contact: ContactDto): void {
  const key = contactsGetQueryKey({ path: { id: contact.id } });
  const known = queryClient.getQueryData<ContactDto>(key);
  if (known !== undefined && known.version > contact.version) return;
  queryClient.setQueryData(key, contact);
  for (const [listKey, list] of queryClient.getQueriesData<ContactPages>({ queryKey: [LISTS] })) {
    if (list !== undefined) queryClient.setQueryData(listKey, placeContact(list, listKey[1] as ContactQuery, contact));
  }
}
