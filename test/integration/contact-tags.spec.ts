import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContactDto, ContactPageDto } from '../../src/contacts/contact.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { buildAccount } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventsOf, insertContacts } from '../support/contacts.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { fieldsOf } from '../support/problems.ts';

const AT_ONCE = 20;
const TWENTY = Array.from({ length: 20 }, (_, n) => `tag-${n}`);
const deep = (levels: number): object => (levels === 1 ? {} : { a: deep(levels - 1) });
/** `{"a":"xx…"}` of so many bytes. */
const large = (bytes: number): object => ({ a: 'x'.repeat(bytes - 8) });

describe('Tags and data', () => {
  let app: TestApp;
  let entryPoint: EntryPointDto;
  let insert: () => Promise<string>;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    let phones = 0;
    insert = async () => (await insertContacts(app, entryPoint, [`+1500559${1000 + ++phones}`]))[0]!.id;
  });
  afterAll(() => app.stop());

  const patch = (id: string, body: unknown): ReturnType<typeof app.api.patch<ContactDto>> =>
    app.api.patch(`contacts/${id}`, body);
  const set = async (id: string, body: unknown): Promise<ContactDto> => expectStatus(await patch(id, body), 200);
  const listIds = async (query: string, { api } = app as Pick<TestApp, 'api'>): Promise<string[]> =>
    expectStatus(await api.get<ContactPageDto>(`contacts?${query}`), 200).data.map(({ id }) => id);

  test.each<[string, object, object]>([
    ['tags', { tags: ['order', 'VIP'] }, { tags: ['order', 'VIP'], data: {} }],
    ['tags with blanks around', { tags: ['  late order '] }, { tags: ['late order'] }],
    ['as many tags as there may be', { tags: TWENTY }, { tags: TWENTY }],
    ['tags in any script', { tags: ['não', '👩‍👩‍👧', 'a\0b'] }, { tags: ['não', '👩‍👩‍👧', 'a␀b'] }],
    ['tags that SQL would trip over', { tags: ['{a,"b"}', "');--", 'NULL'] }, { tags: ['{a,"b"}', "');--", 'NULL'] }],
    [
      'data',
      { data: { orderId: 'A-17', lines: [1, { n: null }] } },
      { data: { orderId: 'A-17', lines: [1, { n: null }] } },
    ],
    ['data with any name', { data: { toString: 'x', '': 1, 'a\0': 2 } }, { data: { toString: 'x', '': 1, 'a␀': 2 } }],
    ['data with texts of any kind', { data: { a: 'x\0\ud83d' } }, { data: { a: 'x␀\ufffd' } }],
    ['data of 16 KiB', { data: large(16 * 1024) }, { data: large(16 * 1024) }],
    ['data 20 levels deep', { data: deep(20) }, { data: deep(20) }],
    ['both', { tags: ['a'], data: { b: 1 } }, { tags: ['a'], data: { b: 1 } }],
  ])('%s are set, and told in one event', async (_, body, expected) => {
    const id = await insert();
    const contact = await set(id, body);
    expect(contact).toMatchObject({ ...expected, state: 'waiting', version: 2 });
    expect((await app.api.get(`contacts/${id}`)).body).toEqual(contact);
    expect(await eventsOf(app, id)).toEqual(['2 contact.updated']);
  });

  test.each<[string, object, string]>([
    ['21 tags', { tags: [...TWENTY, 'one more'] }, 'tags'],
    ['an empty tag', { tags: ['a', ' '] }, 'tags'],
    ['a tag of 41 characters', { tags: ['x'.repeat(41)] }, 'tags'],
    ['the same tag twice', { tags: ['Order', ' order'] }, 'tags'],
    ['a number as tag', { tags: [7] }, 'tags'],
    ['a text as tags', { tags: 'order' }, 'tags'],
    ['null as tags', { tags: null }, 'tags'],
    ['a list as data', { data: [] }, 'data'],
    ['a text as data', { data: 'x' }, 'data'],
    ['null as data', { data: null }, 'data'],
    ['data of one byte more than 16 KiB', { data: large(16 * 1024 + 1) }, 'data'],
    ['data 21 levels deep', { data: deep(21) }, 'data'],
    ['data 1,000 levels deep', { data: deep(1_000) }, 'data'],
    ['an unknown field', { state: 'closed' }, 'state'],
  ])('%s are refused by name', async (_, body, field) => {
    const id = await insert();
    expect(fieldsOf(await patch(id, { ...body }))).toEqual([field]);
    expect((await app.api.get(`contacts/${id}`)).body).toMatchObject({ tags: [], data: {}, version: 1 });
  });

  test('each take the place of what was there, and what is left out stays', async () => {
    const id = await insert();
    await set(id, { tags: ['a', 'b'], data: { x: 1, y: { z: 2 } } });
    expect(await set(id, { tags: ['c'] })).toMatchObject({ tags: ['c'], data: { x: 1, y: { z: 2 } } });
    expect(await set(id, { data: { y: 3 } })).toMatchObject({ tags: ['c'], data: { y: 3 } });
    expect(await set(id, { tags: [], data: {} })).toMatchObject({ tags: [], data: {}, version: 5 });
  });

  test.each<[string, object]>([
    ['nothing', {}],
    ['the same tags', { tags: ['Order', 'late'] }],
    ['the same data, in another order', { data: { b: [1, -0], a: { c: 'ä' } } }],
    ['both the same', { tags: ['Order', 'late'], data: { a: { c: 'ä' }, b: [1, 0] } }],
  ])('%s once more is no event', async (_, body) => {
    const id = await insert();
    const before = await set(id, { tags: ['Order', 'late'], data: { a: { c: 'ä' }, b: [1, 0] } });
    expect(await set(id, body)).toEqual(before);
    expect(await eventsOf(app, id)).toEqual(['2 contact.updated']);
  });

  test('can be set on a closed contact, which stays closed', async () => {
    const id = await insert();
    expectStatus(await app.api.post(`contacts/${id}/close`), 200);
    expect(await set(id, { tags: ['solved'] })).toMatchObject({ state: 'closed', tags: ['solved'], version: 3 });
  });

  test(`of ${AT_ONCE} changes at once each is told, and the last one stays`, async () => {
    const id = await insert();
    const answers = await Promise.all(TWENTY.slice(0, AT_ONCE).map((tag) => set(id, { tags: [tag] })));
    const last = answers.find(({ version }) => version === AT_ONCE + 1)!;
    expect((await app.api.get(`contacts/${id}`)).body).toEqual(last);
    expect(await eventsOf(app, id)).toEqual(answers.map((_, n) => `${n + 2} contact.updated`));
  });

  describe('in the list', () => {
    let [orders, vip, late, plain]: string[] = [];

    beforeAll(async () => {
      [orders, vip, late, plain] = [await insert(), await insert(), await insert(), await insert()];
      await set(orders, { tags: ['Auftrag', 'ÄRGER'] });
      await set(vip, { tags: ['auftrag', 'Very important'] });
      await set(late, { tags: ['auftrag spät'] });
      expectStatus(await app.api.post(`contacts/${vip}/accept`, { agentId: 'agent-of-tags' }), 200);
      expectStatus(await app.api.post(`contacts/${late}/accept`, { agentId: 'agent-of-tags' }), 200);
      expectStatus(await app.api.post(`contacts/${plain}/accept`, { agentId: 'agent-of-tags-2' }), 200);
    });

    test.each<[string, string, () => unknown[]]>([
      ['a tag', 'tag=Auftrag', () => [vip, orders]],
      ['a tag in other case', 'tag=AUFTRAG', () => [vip, orders]],
      ['a tag with blanks around', 'tag=+auftrag+', () => [vip, orders]],
      ['a tag with an umlaut', `tag=${encodeURIComponent('ärger')}`, () => [orders]],
      ['a tag of two words', 'tag=very+important', () => [vip]],
      ['a part of a tag', 'tag=auf', () => []],
      ['an empty tag', 'tag=', () => []],
      ['what SQL would trip over', `tag=${encodeURIComponent(`{"');--\0`)}`, () => []],
      ['an agent', 'agentId=agent-of-tags', () => [late, vip]],
      ['an agent with NUL', `agentId=${encodeURIComponent('agent\0')}`, () => []],
      ['an agent and a tag', 'agentId=agent-of-tags&tag=auftrag', () => [vip]],
      ['a tag and a state', 'tag=auftrag&state=waiting', () => [orders]],
    ])('narrow it by %s', async (_, query, expected) => {
      expect(await listIds(query)).toEqual(expected());
    });

    test.each([
      ['tag', `tag=${'x'.repeat(41)}`],
      ['agentId', `agentId=${'x'.repeat(81)}`],
    ])('are refused by name when wrong: %s', async (field, query) => {
      expect(fieldsOf(await app.api.get(`contacts?${query}`))).toEqual([field]);
    });

    test('come in pages, and not to another account', async () => {
      const pages = await readPages<ContactDto>(app.api, 'contacts?tag=auftrag&limit=1');
      expect(pages.map((page) => page.map(({ id }) => id))).toEqual([[vip], [orders]]);
      const other = await buildAccount(app);
      expect(await listIds('tag=auftrag', other)).toEqual([]);
      expect(await listIds('agentId=agent-of-tags', other)).toEqual([]);
    });

    test('are found by an index', async () => {
      const [explained] = await app.dataSource.transaction(async (manager) => {
        await manager.query('SET LOCAL enable_seqscan = off');
        return manager.query(
          `EXPLAIN (FORMAT JSON) SELECT id FROM contacts
           WHERE tags <> '{}' AND folded_tags(tags) @> folded_tags(ARRAY[$1]::text[])`,
          ['auftrag'],
        );
      });
      expect(JSON.stringify(explained)).toContain('contacts_tags');
    });
  });
});
