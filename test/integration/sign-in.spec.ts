import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureFirstAccount } from '../../src/access/first-account.js';
import { SCOPES } from '../../src/access/scopes.js';
import { Api } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { expectStatus } from '../support/factories.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import {
  Browser,
  buildUser,
  FIRST_ADMIN,
  insertSettledUser,
  type KnownUser,
  readFirstAdminPassword,
  signInAs,
} from '../support/users.ts';

describe('Sign-in', () => {
  let app: TestApp;
  let user: KnownUser;

  beforeAll(async () => {
    app = await startTestApp();
    await app.dataSource.query('TRUNCATE accounts CASCADE');
    const [keyFile] = await ensureFirstAccount(app.dataSource, app.dataDir);
    app = { ...app, api: new Api(app.url, (await readFile(keyFile!, 'utf8')).trim()) };
    user = await insertSettledUser(app);
  });
  beforeEach(() => app.dataSource.query('DELETE FROM login_attempts'));
  afterAll(() => app.stop());

  test('the first start makes an admin, whose password only its owner can read', async () => {
    const file = join(app.dataDir, 'first-admin-password');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { body } = await new Browser(app.url).signIn(FIRST_ADMIN, await readFirstAdminPassword(app.dataDir));
    expect(body).toEqual({
      user: { id: expect.any(String), email: FIRST_ADMIN, role: 'admin', mustChangePassword: true },
      scopes: SCOPES,
    });
  });

  test('an account from the time before there were users gets its admin, once; its key stays', async () => {
    const { dataSource, dataDir } = app;
    const passwordFile = join(dataDir, 'first-admin-password');
    const key = await readFile(join(dataDir, 'first-api-key'));
    expect(await ensureFirstAccount(dataSource, dataDir)).toEqual([]);
    await dataSource.query('DELETE FROM users');
    await rm(passwordFile);
    expect(await ensureFirstAccount(dataSource, dataDir)).toEqual([passwordFile]);
    expect(await ensureFirstAccount(dataSource, dataDir)).toEqual([]);
    expectStatus(await new Browser(app.url).signIn(FIRST_ADMIN, await readFirstAdminPassword(dataDir)), 200);
    expect(await readFile(join(dataDir, 'first-api-key'))).toEqual(key);
    user = await insertSettledUser(app);
  });

  test('answers who it is and what they may do, and sets a cookie that scripts and other sites cannot use', async () => {
    const answer = await new Browser(app.url).signIn(user.email.toUpperCase(), user.password);
    expect(expectStatus(answer, 200)).toEqual({
      user: { id: user.id, email: user.email, role: 'agent', mustChangePassword: false },
      scopes: ['contacts:read', 'contacts:write', 'events:read', 'entry-points:read', 'campaigns:read'],
    });
    const [cookie, ...flags] = answer.headers.getSetCookie()[0]!.split('; ');
    expect(cookie).toMatch(/^__Host-session=[\w-]{43}$/);
    expect(flags.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
  });

  test('gives a new id each time, also to who brings one along', async () => {
    const browser = await signInAs(app, user);
    const first = browser.cookie;
    expectStatus(await browser.signIn(user.email, user.password), 200);
    expect(browser.cookie).not.toBe(first);
    const fixed = new Browser(app.url);
    fixed.cookie = `__Host-session=${'x'.repeat(43)}`;
    expectStatus(await fixed.signIn(user.email, user.password), 200);
    expect(fixed.cookie).not.toContain('xxx');
  });

  test.each([
    ['a wrong password', () => user.email, () => 'not the password'],
    ['an unknown e-mail address', () => 'nobody@example.com', () => user.password],
    ['what is no e-mail address', () => "' OR true --", () => user.password],
    ['an empty password', () => user.email, () => ''],
  ])('%s is refused in the same words, without a cookie', async (_, email, password) => {
    const browser = new Browser(app.url);
    const { traceId: _id, ...problem } = problemOf(await browser.signIn(email(), password()));
    expect(problem).toEqual({
      type: 'urn:sms-inbound:problem:sign_in_failed',
      title: 'Unauthorized',
      status: 401,
      detail: 'The e-mail address or the password is wrong.',
      errorCode: 'sign_in_failed',
      params: {},
    });
    expect(browser.cookie).toBeNull();
  });

  test('an unknown e-mail address takes as long as a known one', async () => {
    const fastest = async (email: string): Promise<number> => {
      const times: number[] = [];
      for (let n = 0; n < 5; n++) {
        await app.dataSource.query('DELETE FROM login_attempts');
        const start = performance.now();
        await new Browser(app.url).signIn(email, 'not the password');
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const known = await fastest(FIRST_ADMIN);
    // Without a password to compare it would be a small part of it.
    expect(await fastest('nobody@example.com')).toBeGreaterThan(known / 2);
  });

  test.each([
    ['no password', { email: 'ada@example.com' }, ['password']],
    ['an object as e-mail address', { email: { like: '%' }, password: 'x' }, ['email']],
    ['a password of 201 characters', { email: 'ada@example.com', password: 'x'.repeat(201) }, ['password']],
    ['an unknown field', { email: 'ada@example.com', password: 'x', role: 'admin' }, ['role']],
  ])('%s is refused by name', async (_, body, fields) => {
    const answer = await new Browser(app.url).post('session', body);
    expect({ status: answer.status, fields: fieldsOf(answer) }).toEqual({ status: 422, fields });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded'])(
    'as %s, which a form of another site can send, it is refused',
    async (type) => {
      const { email, password } = user;
      const answer = await fetch(`${app.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'Content-Type': type },
        body: JSON.stringify({ email, password }),
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.getSetCookie()).toEqual([]);
    },
  );

  describe('until the first password is changed', () => {
    test('nothing else is allowed', async () => {
      const browser = await signInAs(app, await buildUser(app, { role: 'admin' }));
      for (const [method, path] of [
        ['GET', 'contacts'],
        ['GET', 'users'],
        ['POST', 'api-keys'],
      ] as const) {
        const body = method === 'POST' ? { name: 'Mine', scopes: ['contacts:read'] } : undefined;
        const problem = problemOf(await browser.call(method, path, body));
        expect(problem).toMatchObject({ status: 403, errorCode: 'password_change_required' });
      }
      expect((await browser.get('session')).body).toMatchObject({ user: { mustChangePassword: true } });
      expectStatus(await browser.delete('session'), 204);
    });

    test('and after it everything of the role', async () => {
      const first = await buildUser(app);
      const browser = await signInAs(app, first);
      const change = { currentPassword: first.password, newPassword: 'a password of my own' };
      expect(expectStatus(await browser.post('session/password', change), 200)).toMatchObject({
        user: { id: first.id, mustChangePassword: false },
      });
      expectStatus(await browser.get('contacts'), 200);
    });
  });
});
