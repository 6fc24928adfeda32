import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { contactsGetQueryKey } from '../api/generated/@tanstack/react-query.gen.ts';
import { contactsGet, contactsList } from '../api/generated/sdk.gen.ts';
import type { ContactDto, ContactPageDto } from '../api/generated/types.gen.ts';
import { queryClient } from '../api/query-client.ts';
import type { ContactQuery } from './contact-filter.ts';

const LISTS = 'deskContacts';
const PAGE = 100;

type List = InfiniteData<ContactPageDto>;

const readPage = async (query: ContactQuery, signal?: AbortSignal): Promise<ContactPageDto> =>
  (await contactsList({ query: { ...query, limit: PAGE }, signal, throwOnError: true })).data;

/**
 * Contacts, page after page as one scrolls. Events do not read a long list anew: `useLiveContacts` puts each contact
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

/** Reads contacts anew and puts them where they belong. */
export async function readContact(id: string): Promise<void> {
  putContact((await contactsGet({ path: { id }, throwOnError: true })).data);
}

/** Reads the beginning of each list on the screen anew, as when very many contacts have come at once. */
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
  for (const [, list] of queryClient.getQueriesData<List>({ queryKey: [LISTS] })) {
    const place = list && placeOf(list, id);
    if (place) return list.pages[place.page]!.data[place.row];
  }
  return undefined;
}

/** Shows a contact as it is now: in each list where it belongs, no longer where it does not, and when it is open. */
export function putContact(contact: ContactDto): void {
  const key = contactsGetQueryKey({ path: { id: contact.id } });
  const known = queryClient.getQueryData<ContactDto>(key);
  if (known !== undefined && known.version > contact.version) return;
  queryClient.setQueryData(key, contact);
  for (const [listKey, list] of queryClient.getQueriesData<List>({ queryKey: [LISTS] })) {
    if (list !== undefined) queryClient.setQueryData(listKey, place(list, listKey[1] as ContactQuery, contact));
  }
}

function place(list: List, query: ContactQuery, contact: ContactDto): List {
  const place = placeOf(list, contact.id);
  const belongs = belongsTo(query, contact);
  if (place === null) return belongs && query.q === undefined ? insert(list, query, contact) : list;
  const known = list.pages[place.page]!.data[place.row]!;
  if (known.version > contact.version) return list;
  return splice(list, place, 1, belongs ? [contact] : []);
}

const belongsTo = (query: ContactQuery, contact: ContactDto): boolean =>
  (query.state === undefined || query.state === contact.state) &&
  (query.agentId === undefined || query.agentId === contact.agentId) &&
  (query.entryPointId === undefined || query.entryPointId === contact.entryPointId) &&
  (query.customer === undefined || query.customer === contact.ani);

interface Place {
  page: number;
  row: number;
}

function placeOf({ pages }: List, id: string): Place | null {
  for (const [page, { data }] of pages.entries()) {
    const row = data.findIndex((contact) => contact.id === id);
    if (row >= 0) return { page, row };
  }
  return null;
}

/** Ids are in the order of creation, and so are the lists. What belongs behind the last row read comes with its page. */
function insert(list: List, query: ContactQuery, contact: ContactDto): List {
  const isBefore = ({ id }: ContactDto): boolean => (query.order === 'oldest' ? contact.id < id : contact.id > id);
  for (const [page, { data }] of list.pages.entries()) {
    const row = data.findIndex(isBefore);
    if (row >= 0) return splice(list, { page, row }, 0, [contact]);
  }
  const last = list.pages.length - 1;
  if (list.pages[last]!.nextCursor !== null) return list;
  return splice(list, { page: last, row: list.pages[last]!.data.length }, 0, [contact]);
}

const splice = (list: List, { page, row }: Place, remove: number, add: ContactDto[]): List => ({
  ...list,
  pages: list.pages.map((each, at) =>
    at === page ? { ...each, data: each.data.toSpliced(row, remove, ...add) } : each,
  ),
});
