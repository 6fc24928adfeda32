import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AgentPageDto } from '../../src/access/agent.dto.js';
import type { CreatedUserDto, UserDto, UserPageDto } from '../../src/access/user.dto.js';
import { buildAccount } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { Browser, FIRST_ADMIN, insertSettledUser, type KnownUser, signInAs } from '../support/users.ts';

describe('Users', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(() => app.dataSource.query('DELETE FROM login_attempts'));
  afterAll(() => app.stop());

  const change = (id: string, body: object, api = app.api): ReturnType<typeof api.patch<UserDto>> =>
    api.patch<UserDto>(`users/${id}`, body);
  const firstAdminId = async (): Promise<string> => {
    const { data } = expectStatus(await app.api.get<UserPageDto>('users?limit=100'), 200);
    return data.find(({ email }) => email === FIRST_ADMIN)!.id;
  };

  test('a new user gets a password that is shown once, and opens', async () => {
    const body = { email: ' Ada@Example.com ', role: 'agent' };
    const { password, ...user } = expectStatus(await app.api.post<CreatedUserDto>('users', body), 201);
    expect(user).toEqual({
      id: expect.any(String),
      email: 'ada@example.com',
      role: 'agent',
      mustChangePassword: true,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      disabledAt: null,
    });
    expect(password).toMatch(/^[\w-]{24}$/);
    expect((await new Browser(app.url).signIn('ada@example.com', password!)).status).toBe(200);
    const list = JSON.stringify((await app.api.get('users')).body);
    expect(list).toContain('ada@example.com');
    expect(list).not.toMatch(new RegExp(`${password}|scrypt`));
  });

  test('agents see to whom they can give a contact, and nothing else of them', async () => {
    const [user, disabled] = [await insertSettledUser(app), await insertSettledUser(app)];
    expectStatus(await change(disabled.id, { disabled: true }), 200);
    const browser = await signInAs(app, user);
    const { data } = expectStatus(await browser.get<AgentPageDto>('agents'), 200);
    expect(data).toContainEqual({ id: user.id, email: user.email });
    expect(data).toContainEqual({ id: await firstAdminId(), email: FIRST_ADMIN });
    expect(data.map(({ id }) => id)).not.toContain(disabled.id);
    expect(data.map(({ email }) => email)).toEqual(data.map(({ email }) => email).toSorted());
    expect((await browser.get('users')).status).toBe(403);
  });

  test('a password that was given is not shown', async () => {
    const body = { email: 'given@example.com', role: 'admin', password: 'a password that I chose' };
    expect(expectStatus(await app.api.post<CreatedUserDto>('users', body), 201).password).toBeNull();
    expect((await new Browser(app.url).signIn(body.email, body.password)).status).toBe(200);
  });

  test('an e-mail address is taken once, in whatever letters and account', async () => {
    const { email } = await insertSettledUser(app);
    const other = await buildAccount(app);
    for (const api of [app.api, other.api]) {
      const answer = await api.post('users', { email: email.toUpperCase(), role: 'agent' });
      expect(problemOf(answer)).toMatchObject({ status: 409, errorCode: 'email_taken' });
    }
  });

  test.each([
    ['no e-mail address', { email: 'ada' }, 'email'],
    ['two e-mail addresses', { email: 'a@example.com, b@example.com' }, 'email'],
    ['a role that does not exist', { role: 'owner' }, 'role'],
    ['a password of 11 characters', { password: 'x'.repeat(11) }, 'password'],
    ['a password of 201 characters', { password: 'x'.repeat(201) }, 'password'],
    ['null as password', { password: null }, 'password'],
    ['an unknown field', { mustChangePassword: false }, 'mustChangePassword'],
  ])('%s is refused by name', async (_, wrong, field) => {
    const answer = await app.api.post('users', { email: 'new@example.com', role: 'agent', ...wrong });
    expect({ status: answer.status, fields: fieldsOf(answer) }).toEqual({ status: 422, fields: [field] });
  });

  test('the rule for passwords is told', async () => {
    const answer = await app.api.post('users', { email: 'new@example.com', role: 'agent', password: 'short' });
    expect(problemOf(answer).detail).toContain('password must be 12 to 200 characters long');
  });

  test('who is disabled is out at once, and in again when enabled', async () => {
    const user = await insertSettledUser(app);
    const browser = await signInAs(app, user);
    const { disabledAt } = expectStatus(await change(user.id, { disabled: true }), 200);
    expect(disabledAt).not.toBeNull();
    expect((await browser.get('session')).status).toBe(401);
    const problem = problemOf(await new Browser(app.url).signIn(user.email, user.password));
    expect(problem).toMatchObject({ status: 401, errorCode: 'sign_in_failed' });
    expect(expectStatus(await change(user.id, { disabled: true }), 200).disabledAt).toBe(disabledAt);
    expect(expectStatus(await change(user.id, { disabled: false }), 200).disabledAt).toBeNull();
    expect((await browser.get('session')).status).toBe(401);
    expectStatus(await (await signInAs(app, user)).get('contacts'), 200);
  });

  test('a user disabled behind the service\u2019s back is out at once as well', async () => {
    const user = await insertSettledUser(app);
    const browser = await signInAs(app, user);
    await app.dataSource.query('UPDATE users SET disabled_at = now() WHERE id = $1', [user.id]);
    expect((await browser.get('contacts')).status).toBe(401);
  });

  test('another role ends the sessions; the next has its scopes', async () => {
    const user = await insertSettledUser(app);
    const browser = await signInAs(app, user);
    expect(expectStatus(await change(user.id, { role: 'admin' }), 200).role).toBe('admin');
    expect((await browser.get('session')).status).toBe(401);
    expectStatus(await (await signInAs(app, user)).get('users'), 200);
  });

  test('what changes nothing leaves the sessions alone', async () => {
    const user = await insertSettledUser(app);
    const browser = await signInAs(app, user);
    expectStatus(await change(user.id, { role: 'agent', disabled: false }), 200);
    expect((await browser.get('session')).status).toBe(200);
  });

  test('a password that an admin sets has to be changed', async () => {
    const user = await insertSettledUser(app);
    const browser = await signInAs(app, user);
    const password = 'set by an admin';
    expect(expectStatus(await change(user.id, { password }), 200).mustChangePassword).toBe(true);
    expect((await browser.get('session')).status).toBe(401);
    expect((await new Browser(app.url).signIn(user.email, user.password)).status).toBe(401);
    const problem = problemOf(await (await signInAs(app, { ...user, password })).get('contacts'));
    expect(problem.errorCode).toBe('password_change_required');
  });

  describe('the account always has an admin', () => {
    let admin: KnownUser;
    let browser: Browser;

    beforeAll(async () => {
      admin = await insertSettledUser(app, { role: 'admin' });
      browser = await signInAs(app, admin);
      await app.dataSource.query(`UPDATE users SET role = 'agent' WHERE id <> $1`, [admin.id]);
    });

    test.each([
      ['disable', { disabled: true }],
      ['demote', { role: 'agent' }],
    ])('who is the last one, nobody can %s', async (_, body) => {
      const problem = problemOf(await change(admin.id, body));
      expect(problem).toMatchObject({ status: 409, errorCode: 'last_admin' });
      expectStatus(await browser.get('users'), 200);
    });

    test.each([
      ['disable', { disabled: true }, 'own_user'],
      ['demote', { role: 'agent' }, 'own_user'],
      ['give a password without the current one to', { password: 'a new password' }, 'own_password'],
    ])('nobody can %s oneself', async (_, body, errorCode) => {
      expectStatus(await change(await firstAdminId(), { role: 'admin' }), 200);
      expect(problemOf(await change(admin.id, body, browser))).toMatchObject({ status: 409, errorCode });
      expectStatus(await browser.get('users'), 200);
    });

    test('of two who demote each other at once one stays', async () => {
      const other = await firstAdminId();
      expectStatus(await change(other, { role: 'admin' }), 200);
      for (let round = 0; round < 5; round++) {
        const answers = await Promise.all([change(other, { role: 'agent' }), change(admin.id, { role: 'agent' })]);
        expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
        await app.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = ANY ($1)`, [[other, admin.id]]);
      }
    });
  });

  test('pages give each user exactly once, newest first', async () => {
    const { id, api } = await buildAccount(app);
    const made: string[] = [];
    for (let n = 0; n < 5; n++) made.push((await insertSettledUser(app, { accountId: id })).id);
    const pages = await readPages<UserDto>(api, 'users?limit=2');
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat().map(({ id }) => id)).toEqual(made.toReversed());
  });
});
