import type { Api } from './api.ts';
import { expectStatus } from './factories.ts';

interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

/**
 * Reads a list page by page to its end, with `cursor` or the given query parameter.
 * @returns the rows of each page
 */
export async function readPages<T>(api: Api, path: string, parameter = 'cursor'): Promise<T[][]> {
  const pages: T[][] = [];
  let next = '';
  for (;;) {
    const { data, nextCursor } = expectStatus(await api.get<Page<T>>(`${path}${next}`), 200);
    pages.push(data);
    if (nextCursor === null) return pages;
    next = `&${parameter}=${encodeURIComponent(nextCursor)}`;
  }
}
