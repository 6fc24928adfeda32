import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CannedReplyDto, CannedReplyPageDto } from '../../src/canned-replies/canned-reply.dto.js';
import { buildAccount } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { insertSettledUser, signInAs } from '../support/users.ts';

describe('Canned replies', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());
  beforeEach(() => app.dataSource.query('DELETE FROM canned_replies'));

  const post = (body: object) => app.api.post<CannedReplyDto>('canned-replies', body);
  const add = async (shortcut: string, text = 'Hello'): Promise<CannedReplyDto> =>
    expectStatus(await post({ shortcut, text }), 201);
  const all = async (): Promise<CannedReplyDto[]> =>
    expectStatus(await app.api.get<CannedReplyPageDto>('canned-replies'), 200).data;

  test('are made, listed by shortcut, changed and deleted', async () => {
    const hours = await add('hours', 'We are open from 9 to 18.');
    expect(hours).toEqual({
      id: expect.any(String),
      shortcut: 'hours',
      text: 'We are open from 9 to 18.',
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const address = await add('address', 'Main Street 1');
    expect(await all()).toEqual([address, hours]);

    const changed = await app.api.patch<CannedReplyDto>(`canned-replies/${hours.id}`, { text: 'From 10 to 18.' });
    expect(expectStatus(changed, 200)).toMatchObject({ shortcut: 'hours', text: 'From 10 to 18.', version: 2 });
    expect(changed.headers.get('etag')).toBe('"2"');
    expectStatus(await app.api.delete(`canned-replies/${address.id}`), 204);
    expect((await all()).map(({ text }) => text)).toEqual(['From 10 to 18.']);
  });

  test('come in pages, each once', async () => {
    const shortcuts = ['a', 'b', 'c-1', 'd_2', 'è', '時間'];
    for (const shortcut of shortcuts) await add(shortcut);
    const pages = await readPages<CannedReplyDto>(app.api, 'canned-replies?limit=4');
    expect(pages.map((page) => page.length)).toEqual([4, 2]);
    expect(
      pages
        .flat()
        .map(({ shortcut }) => shortcut)
        .toSorted(),
    ).toEqual(shortcuts.toSorted());
    expect(problemOf(await app.api.get('canned-replies?cursor=nonsense!'))).toMatchObject({
      errorCode: 'cursor_invalid',
    });
  });

  test.each([
    ['/Hours', 'hours'],
    ['  hours ', 'hours'],
    ['È', 'è'],
    ['e\u0300', 'è'],
  ])('the shortcut %j is %j', async (given, shortcut) => {
    expect((await add(given)).shortcut).toBe(shortcut);
    expect(problemOf(await post({ shortcut, text: 'Another' }))).toMatchObject({
      status: 409,
      errorCode: 'shortcut_taken',
      detail: expect.stringContaining(`"/${shortcut}"`),
    });
  });

  test.each<[string, object, string[]]>([
    ['no shortcut', { text: 'Hello' }, ['shortcut']],
    ['a blank in the shortcut', { shortcut: 'two words', text: 'Hello' }, ['shortcut']],
    ['a shortcut of a slash', { shortcut: '/', text: 'Hello' }, ['shortcut']],
    ['a long shortcut', { shortcut: 'a'.repeat(31), text: 'Hello' }, ['shortcut']],
    ['no text', { shortcut: 'hours' }, ['text']],
    ['blanks for a text', { shortcut: 'hours', text: ' \n' }, ['text']],
    ['a text too long for an SMS', { shortcut: 'hours', text: 'a'.repeat(1_601) }, ['text']],
    ['a field that is none', { shortcut: 'hours', text: 'Hello', title: 'Hours' }, ['title']],
  ])('%s is refused by name, when made and when changed', async (_, body, fields) => {
    const answer = await post(body);
    expect([answer.status, fieldsOf(answer)]).toEqual([422, fields]);
    const { id } = await add('other');
    const left = Object.fromEntries(Object.entries(body).filter(([field]) => fields.includes(field)));
    if (Object.keys(left).length === 0) return;
    const change = await app.api.patch(`canned-replies/${id}`, left);
    expect([change.status, fieldsOf(change)]).toEqual([422, fields]);
  });

  test('of two who change the same one, the second is told', async () => {
    const { id } = await add('hours');
    const change = (text: string) => app.api.patch(`canned-replies/${id}`, { text }, { 'If-Match': '"1"' });
    expectStatus(await change('First'), 200);
    expect(problemOf(await change('Second'))).toMatchObject({ status: 412, errorCode: 'changed_meanwhile' });
    const removal = await app.api.delete(`canned-replies/${id}`, { 'If-Match': '"1"' });
    expect(removal.status).toBe(412);
    expect((await all()).map(({ text }) => text)).toEqual(['First']);
  });

  test('are read by agents and written by admins', async () => {
    await add('hours');
    const agent = await signInAs(app, await insertSettledUser(app));
    expect(expectStatus(await agent.get<CannedReplyPageDto>('canned-replies'), 200).data).toHaveLength(1);
    expect((await agent.post('canned-replies', { shortcut: 'mine', text: 'Hello' })).status).toBe(403);
    const admin = await signInAs(app, await insertSettledUser(app, { role: 'admin' }));
    expectStatus(await admin.post('canned-replies', { shortcut: 'mine', text: 'Hello' }), 201);
  });

  test('have shortcuts that are unique in the account only', async () => {
    await add('hours', 'Ours');
    const other = (await buildAccount(app)).api;
    expectStatus(await other.post('canned-replies', { shortcut: 'hours', text: 'Theirs' }), 201);
    expect((await all()).map(({ text }) => text)).toEqual(['Ours']);
  });
});
