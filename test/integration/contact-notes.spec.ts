import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import type { ContactNoteDto } from '../../src/contacts/contact-note.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventsOf, insertContacts } from '../support/contacts.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';

const AT_ONCE = 20;

describe('Notes', () => {
  let app: TestApp;
  let insert: () => Promise<string>;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    const entryPoint = await buildEntryPoint(app);
    let phones = 0;
    insert = async () => (await insertContacts(app, entryPoint, [`+1500558${1000 + ++phones}`]))[0]!.id;
  });
  afterAll(() => app.stop());

  const add = (id: string, body: unknown): ReturnType<typeof app.api.post<ContactNoteDto>> =>
    app.api.post(`contacts/${id}/notes`, body);
  const list = async (id: string): Promise<ContactNoteDto[]> =>
    expectStatus(await app.api.get<{ data: ContactNoteDto[] }>(`contacts/${id}/notes`), 200).data;
  const rowsOf = (id: string): Promise<object[]> =>
    app.dataSource.query('SELECT body, agent_id FROM contact_notes WHERE contact_id = $1 ORDER BY position', [id]);

  test('are kept with who wrote them and when, and each is an event of the contact', async () => {
    const id = await insert();
    const first = expectStatus(await add(id, { body: 'Promised a call back', agentId: 'agent-7' }), 201);
    const second = expectStatus(await add(id, { body: 'Called back' }), 201);
    expect(first).toEqual({
      id: expect.any(String),
      contactId: id,
      body: 'Promised a call back',
      agentId: 'agent-7',
      createdAt: expect.any(String),
    });
    expect(second).toMatchObject({ body: 'Called back', agentId: null });
    expect(await list(id)).toEqual([first, second]);
    expect(await eventsOf(app, id)).toEqual(['2 contact.updated', '3 contact.updated']);
    expect((await app.api.get(`contacts/${id}`)).body).toMatchObject({ version: 3, messageCount: 0 });
  });

  test.each([
    ['as long as they may be', 'x'.repeat(4_000), 'x'.repeat(4_000)],
    ['with blanks around', ' \n Called back\n ', 'Called back'],
    ['of several lines in any script', 'Não\n👩‍👩‍👧 שלום', 'Não\n👩‍👩‍👧 שלום'],
    ['with what PostgreSQL cannot store', 'a\0b\ud83dz', 'a␀b\ufffdz'],
    ['that SQL would trip over', `'); DROP TABLE contact_notes;--`, `'); DROP TABLE contact_notes;--`],
  ])('%s are stored', async (_, body, stored) => {
    const id = await insert();
    expect(expectStatus(await add(id, { body }), 201).body).toBe(stored);
    expect(await rowsOf(id)).toEqual([{ body: stored, agent_id: null }]);
  });

  test.each([
    ['no text', {}, 'body'],
    ['an empty text', { body: '' }, 'body'],
    ['nothing but blanks', { body: ' \n ' }, 'body'],
    ['4,001 characters', { body: 'x'.repeat(4_001) }, 'body'],
    ['a number', { body: 7 }, 'body'],
    ['an empty agent', { body: 'x', agentId: '' }, 'agentId'],
    ['an agent of 81 characters', { body: 'x', agentId: 'x'.repeat(81) }, 'agentId'],
    ['an unknown field', { body: 'x', createdAt: '2026-01-01' }, 'createdAt'],
  ])('with %s are refused by name', async (_, body, field) => {
    const id = await insert();
    expect(fieldsOf(await add(id, body))).toEqual([field]);
    expect([await rowsOf(id), await eventsOf(app, id)]).toEqual([[], []]);
  });

  test('come in pages, oldest first, each once', async () => {
    const id = await insert();
    const bodies = Array.from({ length: 7 }, (_, n) => `Note ${n}`);
    for (const body of bodies) expectStatus(await add(id, { body }), 201);
    const pages = await readPages<ContactNoteDto>(app.api, `contacts/${id}/notes?limit=3`);
    expect(pages.map((page) => page.map(({ body }) => body))).toEqual([
      bodies.slice(0, 3),
      bodies.slice(3, 6),
      bodies.slice(6),
    ]);
    expect(fieldsOf(await app.api.get(`contacts/${id}/notes?cursor=zzz`))).toEqual(['cursor']);
  });

  test('are possible on a closed contact, which stays closed', async () => {
    const id = await insert();
    expectStatus(await app.api.post(`contacts/${id}/close`), 200);
    expectStatus(await add(id, { body: 'Was a prank' }), 201);
    expect((await app.api.get(`contacts/${id}`)).body).toMatchObject({ state: 'closed', version: 3 });
    expect(await eventsOf(app, id)).toEqual(['2 contact.closed', '3 contact.updated']);
  });

  test('can be deleted, once, and only as notes of their contact', async () => {
    const [id, another] = [await insert(), await insert()];
    const note = expectStatus(await add(id, { body: 'Wrong customer' }), 201);
    const kept = expectStatus(await add(id, { body: 'Right' }), 201);
    for (const path of [`contacts/${another}/notes/${note.id}`, `contacts/${id}/notes/${newId()}`]) {
      expect(problemOf(await app.api.delete(path))).toMatchObject({ status: 404, errorCode: 'not_found' });
    }
    expectStatus(await app.api.delete(`contacts/${id}/notes/${note.id}`), 204);
    expect((await app.api.delete(`contacts/${id}/notes/${note.id}`)).status).toBe(404);
    expect(await list(id)).toEqual([kept]);
    expect(await eventsOf(app, id)).toEqual(['2 contact.updated', '3 contact.updated', '4 contact.updated']);
    expect(await eventsOf(app, another)).toEqual([]);
  });

  test(`${AT_ONCE} at once are all there, each with a version of its own`, async () => {
    const id = await insert();
    const bodies = Array.from({ length: AT_ONCE }, (_, n) => `Note ${n}`);
    await Promise.all(bodies.map(async (body) => expectStatus(await add(id, { body }), 201)));
    expect((await list(id)).map(({ body }) => body).toSorted()).toEqual(bodies.toSorted());
    expect(await eventsOf(app, id)).toEqual(bodies.map((_, n) => `${n + 2} contact.updated`));
  });
});
