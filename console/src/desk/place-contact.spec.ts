import { describe, expect, test } from '@jest/globals';
import { buildContact, buildContactPage } from '../../test/builders.ts';
import type { ContactDto } from '../api/generated/types.gen.ts';
import type { ContactQuery } from './contact-filter.ts';
import { type ContactPages, findInPages, placeContact } from './place-contact.ts';

/** `9 8 | 7 6 …`: contacts by their ids, page after page; the dots say that there are more. */
function list(text: string, given: Partial<ContactDto> = {}): ContactPages {
  const pages = text.split('|').map((page) => {
    const ids = page
      .trim()
      .split(' ')
      .filter((id) => id !== '' && id !== '…');
    return buildContactPage(
      ids.map((id) => buildContact({ id, ...given })),
      page.includes('…') ? 'next' : null,
    );
  });
  for (const page of pages.slice(0, -1)) page.nextCursor = 'next';
  return { pages, pageParams: pages.map((_, i) => `page ${i}`) };
}

const shown = ({ pages }: ContactPages): string =>
  pages.map(({ data }) => data.map(({ id }) => id).join(' ')).join(' | ');

describe('A contact that is not in the list yet', () => {
  test.each<[name: string, before: string, query: ContactQuery, id: string, after: string]>([
    ['the newest goes to the top', '8 6 4', {}, '9', '9 8 6 4'],
    ['between two', '8 6 4', {}, '7', '8 7 6 4'],
    ['at the end of a list that is read to its end', '8 6 4', {}, '3', '8 6 4 3'],
    ['behind the last row read: it comes with its page', '8 6 4 …', {}, '3', '8 6 4'],
    ['to the page that it belongs to', '9 8 | 6 5 …', {}, '7', '9 8 | 7 6 5'],
    ['to the second page', '9 8 | 6 4', {}, '5', '9 8 | 6 5 4'],
    ['into an empty list', '', {}, '5', '5'],
    ['oldest first: the newest goes to the end', '4 6 8', { order: 'oldest' }, '9', '4 6 8 9'],
    ['oldest first, not read to the end: the newest comes with its page', '4 6 8 …', { order: 'oldest' }, '9', '4 6 8'],
    ['oldest first, between two', '4 6 8', { order: 'oldest' }, '5', '4 5 6 8'],
    ['a search by words: only the service knows what is found', '8 6', { q: 'order' }, '9', '8 6'],
  ])('%s', (_name, before, query, id, after) => {
    expect(shown(placeContact(list(before), query, buildContact({ id })))).toBe(after);
  });

  test.each<[name: string, query: ContactQuery, contact: Partial<ContactDto>, belongs: boolean]>([
    ['every contact is wanted', {}, { state: 'closed' }, true],
    ['those that wait', { state: 'waiting' }, { state: 'waiting' }, true],
    ['those that wait, and this is active', { state: 'waiting' }, { state: 'active', agentId: 'me' }, false],
    ['mine', { state: 'active', agentId: 'me' }, { state: 'active', agentId: 'me' }, true],
    ["mine, and this is another's", { state: 'active', agentId: 'me' }, { state: 'active', agentId: 'you' }, false],
    ['mine, and I have closed it', { state: 'active', agentId: 'me' }, { state: 'closed', agentId: 'me' }, false],
    ['of an entry point', { entryPointId: 'a' }, { entryPointId: 'a' }, true],
    ['of another entry point', { entryPointId: 'a' }, { entryPointId: 'b' }, false],
    ['of a number', { customer: '+15005550001' }, { ani: '+15005550001' }, true],
    ['of a number that only begins alike', { customer: '+1500555000' }, { ani: '+15005550001' }, false],
    ['of a number that waits', { customer: '+1', state: 'waiting' }, { ani: '+1', state: 'closed' }, false],
  ])('%s: %#', (_name, query, given, belongs) => {
    expect(shown(placeContact(list('1'), query, buildContact({ id: '5', ...given })))).toBe(belongs ? '5 1' : '1');
  });
});

describe('A contact that is in the list', () => {
  test('is shown as it is now, where it was, also in a search', () => {
    const changed = buildContact({ id: '6', version: 2, messageCount: 7 });
    for (const query of [{}, { q: 'order' }]) {
      const after = placeContact(list('8 | 6 4'), query, changed);
      expect(shown(after)).toBe('8 | 6 4');
      expect(findInPages(after, '6')).toBe(changed);
    }
  });

  test('goes when it no longer belongs there', () => {
    const accepted = buildContact({ id: '6', version: 2, state: 'active' });
    expect(shown(placeContact(list('8 | 6 4'), { state: 'waiting' }, accepted))).toBe('8 | 4');
  });

  test('stays as it is when what has come is older than what is shown', () => {
    const before = list('8 6 4', { version: 5 });
    expect(placeContact(before, { state: 'waiting' }, buildContact({ id: '6', version: 4, state: 'closed' }))).toBe(
      before,
    );
  });

  test('is replaced by the same version, which may know more, such as that the customer opted out', () => {
    const after = placeContact(list('6', { version: 5 }), {}, buildContact({ id: '6', version: 5, optedOut: true }));
    expect(findInPages(after, '6')!.optedOut).toBe(true);
  });
});

test('The lists that were, and their pages that do not change, are left alone', () => {
  const before = list('9 8 | 6 5');
  const after = placeContact(before, {}, buildContact({ id: '7' }));
  expect(shown(before)).toBe('9 8 | 6 5');
  expect(after.pages[0]).toBe(before.pages[0]);
  expect(after.pageParams).toEqual(before.pageParams);
});

test('A contact is found on whichever page it is, or not at all', () => {
  expect(findInPages(list('9 8 | 6 5'), '5')?.id).toBe('5');
  expect(findInPages(list('9 8 | 6 5'), '7')).toBeUndefined();
});
