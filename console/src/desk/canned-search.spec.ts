import { describe, expect, test } from '@jest/globals';
import { buildCannedReply } from '../../test/builders.ts';
import { lettersOf, searchCannedReplies } from './canned-search.ts';

describe('What is looked for', () => {
  test.each<[text: string, letters: string | null]>([
    ['/', ''],
    ['/ho', 'ho'],
    ['/HO', 'ho'],
    ['/wir-öffnen_2', 'wir-öffnen_2'],
    ['//', '/'],
    ['', null],
    ['ho', null],
    [' /ho', null],
    ['see /ho', null],
    ['/ho rs', null],
    ['/ho\n', null],
  ])('%j', (text, letters) => {
    expect(lettersOf(text)).toBe(letters);
  });
});

describe('What is found', () => {
  const all = [
    buildCannedReply({ id: '1', shortcut: 'address', text: 'Back Street 1.' }),
    buildCannedReply({ id: '2', shortcut: 'back', text: 'We call you.' }),
    buildCannedReply({ id: '3', shortcut: 'call-back', text: 'One moment.' }),
    buildCannedReply({ id: '4', shortcut: 'hours', text: 'From 9 to 18.' }),
  ];
  test.each<[letters: string, ids: string]>([
    ['', '1 2 3 4'],
    // The shortcut that begins so comes first; then those that have it, in the order of the list.
    ['back', '2 1 3'],
    ['ba', '2 1 3'],
    ['call', '3 2'],
    ['street', '1'],
    // Letters, not a pattern.
    ['.', '1 2 3 4'],
    ['b.c', ''],
    ['nothing', ''],
  ])('%j', (letters, ids) => {
    expect(
      searchCannedReplies(all, letters)
        .map(({ id }) => id)
        .join(' '),
    ).toBe(ids);
  });

  test('Of very many the first fifty, those that begin so before all others', () => {
    const texts = Array.from({ length: 60 }, (_, i) =>
      buildCannedReply({ id: `${i}`, shortcut: `x${i}`, text: 'late' }),
    );
    const found = searchCannedReplies([...texts, buildCannedReply({ id: 'first', shortcut: 'late' })], 'late');
    expect(found).toHaveLength(50);
    expect(found[0]!.id).toBe('first');
  });
});
