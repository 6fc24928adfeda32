import { describe, expect, test } from '@jest/globals';
import { changedFields, mergeChanges } from './merge-changes.ts';

interface Form {
  name: string;
  greeting: string | null;
  languages: string[];
  hours: { opens: string } | null;
}

const BASE: Form = { name: 'Desk', greeting: null, languages: ['en'], hours: { opens: '09:00' } };
const changed = (changes: Partial<Form>): Form => ({ ...BASE, ...changes });

describe('Two people change the same thing', () => {
  test.each<
    [name: string, mine: Partial<Form>, theirs: Partial<Form>, values: Partial<Form>, only: string[], both: string[]]
  >([
    ['nobody has changed anything', {}, {}, {}, [], []],
    ['only I have', { name: 'Mine' }, {}, { name: 'Mine' }, [], []],
    ['only they have', {}, { name: 'Theirs' }, { name: 'Theirs' }, ['name'], []],
    [
      'different fields: both changes stay',
      { name: 'Mine' },
      { languages: ['en', 'it'] },
      { name: 'Mine', languages: ['en', 'it'] },
      ['languages'],
      [],
    ],
    ['the same field, differently: mine stays', { name: 'Mine' }, { name: 'Theirs' }, { name: 'Mine' }, [], ['name']],
    ['the same field, alike: nothing to say', { name: 'Same' }, { name: 'Same' }, { name: 'Same' }, [], []],
    [
      'they have emptied what I wrote',
      { greeting: 'Hi' },
      { hours: null },
      { greeting: 'Hi', hours: null },
      ['hours'],
      [],
    ],
    [
      'parts of a field count as the field',
      { languages: ['en', 'de'] },
      { languages: ['en', 'it'] },
      { languages: ['en', 'de'] },
      [],
      ['languages'],
    ],
    [
      'the same parts in another order are another value',
      { languages: ['it', 'en'] },
      { languages: ['en', 'it'] },
      { languages: ['it', 'en'] },
      [],
      ['languages'],
    ],
  ])('%s', (_name, mine, theirs, values, only, both) => {
    const merged = mergeChanges(BASE, changed(mine), changed(theirs));
    expect(merged).toEqual({ values: changed(values), theirs: only, both });
  });

  test('What I took back is no change of mine: theirs stays', () => {
    const mine = changed({ hours: { opens: '09:00' } });
    expect(mergeChanges(BASE, mine, changed({ hours: { opens: '10:00' } }))).toMatchObject({
      values: { hours: { opens: '10:00' } },
      theirs: ['hours'],
      both: [],
    });
  });

  test('A field that only the newer thing has is theirs', () => {
    const base: { name: string; note?: string } = { name: 'Desk' };
    expect(mergeChanges(base, { name: 'Mine' }, { name: 'Desk', note: 'new' })).toEqual({
      values: { name: 'Mine', note: 'new' },
      theirs: ['note'],
      both: [],
    });
  });

  test('None of the three is changed by it', () => {
    const [base, mine, theirs] = [changed({}), changed({ name: 'Mine' }), changed({ name: 'Theirs' })];
    mergeChanges(base, mine, theirs);
    expect([base.name, mine.name, theirs.name]).toEqual(['Desk', 'Mine', 'Theirs']);
  });
});

test.each<[name: string, changes: Partial<Form>, fields: (keyof Form)[]]>([
  ['nothing', {}, []],
  ['an equal copy is no change', { languages: ['en'], hours: { opens: '09:00' } }, []],
  ['null is not the empty text', { greeting: '' }, ['greeting']],
  ['in the order of the form, not of the changes', { hours: null, name: 'x' }, ['name', 'hours']],
])('Changed fields: %s', (_name, changes, fields) => {
  expect(changedFields(BASE, changed(changes))).toEqual(fields);
});
