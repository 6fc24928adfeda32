import { badRequest } from './twilio-error.ts';

export type Query = Record<string, string | undefined>;

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1_000;

interface Slice<Item> {
  items: Item[];
  page: number;
  pageSize: number;
  first: string;
  previous: string | null;
  next: string | null;
  self: string;
}

/**
 * Twilio's page token names the last item of the previous page, so that new items do not shift the next page.
 * @param itemsAfter returns the items after the one with this SID, or all items
 */
function sliceOf<Item extends { sid: string }>(
  path: string,
  query: Query,
  itemsAfter: (sid?: string) => Iterable<Item>,
): Slice<Item> {
  const pageSize = wholeNumber(query.PageSize, DEFAULT_PAGE_SIZE);
  if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) throw badRequest(20001, `Page size must be 1 to ${MAX_PAGE_SIZE}`);
  const page = wholeNumber(query.Page, 0);
  if (page > 0 && !query.PageToken) throw badRequest(20001, 'Page needs the PageToken of the previous page');
  const after = query.PageToken?.replace(/^P[AB]/, '');

  const items: Item[] = [];
  let more = false;
  for (const item of itemsAfter(after)) {
    if (items.length === pageSize) {
      more = true;
      break;
    }
    items.push(item);
  }
  const { Page: _page, PageToken: _token, PageSize: _size, ...filters } = query;
  const link = (position: Query) => `${path}?${encode({ ...filters, PageSize: String(pageSize), ...position })}`;
  const here = { Page: String(page), PageToken: query.PageToken };
  return {
    items,
    page,
    pageSize,
    first: link({ Page: '0' }),
    // Links to the previous page are not simulated; they would need the items before the token.
    previous: null,
    next: more ? link({ Page: String(page + 1), PageToken: `PA${items.at(-1)!.sid}` }) : null,
    self: link(here),
  };
}

/** In the 2010 API links are paths, beside the list. */
export function page2010<Item extends { sid: string }>(
  path: string,
  query: Query,
  key: string,
  itemsAfter: (sid?: string) => Iterable<Item>,
  present: (item: Item) => object,
) {
  const { items, page, pageSize, first, previous, next, self } = sliceOf(path, query, itemsAfter);
  const start = page * pageSize;
  return {
    first_page_uri: first,
    end: start + Math.max(items.length - 1, 0),
    previous_page_uri: previous,
    [key]: items.map(present),
    uri: self,
    page_size: pageSize,
    start,
    next_page_uri: next,
    page,
  };
}

/** In the newer APIs links are full URLs, in `meta`. */
export function pageV1<Item extends { sid: string }>(
  url: string,
  query: Query,
  key: string,
  itemsAfter: (sid?: string) => Iterable<Item>,
  present: (item: Item) => object,
) {
  const { items, page, pageSize, first, previous, next, self } = sliceOf(url, query, itemsAfter);
  return {
    [key]: items.map(present),
    meta: {
      page,
      page_size: pageSize,
      first_page_url: first,
      previous_page_url: previous,
      next_page_url: next,
      url: self,
      key,
    },
  };
}

/** The `itemsAfter` of a list that is held in an array. */
export const itemsAfterIn =
  <Item extends { sid: string }>(all: Item[]) =>
  (sid?: string) =>
    sid ? all.slice(all.findIndex((item) => item.sid === sid) + 1) : all;

function wholeNumber(text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(20001, `${text} is not a whole number`);
  return Number(text);
}

const encode = (query: Query) =>
  new URLSearchParams(
    Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString();
