import type { InfiniteData } from '@tanstack/react-query';
import type { ContactDto, ContactPageDto } from '../api/generated/types.gen.ts';
import type { ContactQuery } from './contact-filter.ts';

/** Contacts, page after page, as far as one has scrolled. */
export type ContactPages = InfiniteData<ContactPageDto>;

interface Place {
  page: number;
  row: number;
}

/** A list with a contact as it is now: where it belongs, or no longer there. */
export function placeContact(list: ContactPages, query: ContactQuery, contact: ContactDto): ContactPages {
  const place = placeOf(list, contact.id);
  const belongs = belongsTo(query, contact);
  // Which contacts have the words of a search, only the service knows.
  if (place === null) return belongs && query.q === undefined ? insert(list, query, contact) : list;
  const known = list.pages[place.page]!.data[place.row]!;
  if (known.version > contact.version) return list;
  return splice(list, place, 1, belongs ? [contact] : []);
}

export function findInPages(list: ContactPages, id: string): ContactDto | undefined {
  const place = placeOf(list, id);
  return place === null ? undefined : list.pages[place.page]!.data[place.row];
}

const belongsTo = (query: ContactQuery, contact: ContactDto): boolean =>
  (query.state === undefined || query.state === contact.state) &&
  (query.agentId === undefined || query.agentId === contact.agentId) &&
  (query.entryPointId === undefined || query.entryPointId === contact.entryPointId) &&
  (query.customer === undefined || query.customer === contact.ani);

function placeOf({ pages }: ContactPages, id: string): Place | null {
  for (const [page, { data }] of pages.entries()) {
    const row = data.findIndex((contact) => contact.id === id);
    if (row >= 0) return { page, row };
  }
  return null;
}

/** Ids are in the order of creation, and so are the lists. What belongs behind the last row read comes with its page. */
function insert(list: ContactPages, query: ContactQuery, contact: ContactDto): ContactPages {
  const isBefore = ({ id }: ContactDto): boolean => (query.order === 'oldest' ? contact.id < id : contact.id > id);
  for (const [page, { data }] of list.pages.entries()) {
    const row = data.findIndex(isBefore);
    if (row >= 0) return splice(list, { page, row }, 0, [contact]);
  }
  const last = list.pages.length - 1;
  if (list.pages[last]!.nextCursor !== null) return list;
  return splice(list, { page: last, row: list.pages[last]!.data.length }, 0, [contact]);
}

const splice = (list: ContactPages, { page, row }: Place, remove: number, add: ContactDto[]): ContactPages => ({
  ...list,
  pages: list.pages.map((each, at) =>
    at === page ? { ...each, data: each.data.toSpliced(row, remove, ...add) } : each,
  ),
});
