import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Api } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { expectStatus } from '../support/factories.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { Browser, insertSettledUser, type KnownUser, signInAs } from '../support/users.ts';

describe('Sessions', () => {
  let app: TestApp;
  let admin: KnownUser;
  let agent: KnownUser;

  beforeAll(async () => {
    app = await startTestApp();
    admin = await insertSettledUser(app, { role: 'admin' });
    agent = await insertSettledUser(app);
  });
  beforeEach(() => app.dataSource.query('DELETE FROM login_attempts'));
  afterAll(() => app.stop());

  const statuses = async (browser: Browser): Promise<number[]> => [
    (await browser.get('session')).status,
    (await browser.get('contacts')).status,
  ];

  test('a cookie opens what the role has', async () => {
    expectStatus(await (await signInAs(app, admin)).get('api-keys'), 200);
    const browser = await signInAs(app, agent);
    for (const path of ['contacts', 'events', 'entry-points', 'campaigns', 'session']) {
      expectStatus(await browser.get(path), 200);
    }
    for (const path of ['api-keys', 'users', 'telephony', 'consumers', 'inbound-sms']) {
      const problem = problemOf(await browser.get(path));
      expect(problem).toMatchObject({ status: 403, errorCode: 'scope_missing' });
      expect(problem.detail).toContain(`Your role, agent, lacks the scope ${path}:read`);
    }
    expect((await browser.post('campaigns', { name: 'Mine', languages: ['en'] })).status).toBe(403);
  });

  test.each([
    ['no cookie', null],
    ['an empty id', '__Host-session='],
    ['an id that nobody has', `__Host-session=${'a'.repeat(43)}`],
    ['garbage', '__Host-session=\u00e9%00\u0027; a=b'],
    ['the cookie of another name', `session=${'a'.repeat(43)}`],
  ])('%s answers 401', async (_, cookie) => {
    const browser = new Browser(app.url);
    browser.cookie = cookie;
    expect(await statuses(browser)).toEqual([401, 401]);
    expect(problemOf(await browser.get('session')).errorCode).toBe('unauthorized');
  });

  test('the cookie is found among others', async () => {
    const browser = await signInAs(app, agent);
    browser.cookie = `theme=dark; x__Host-session=no; ${browser.cookie}; lang=en`;
    expect(await statuses(browser)).toEqual([200, 200]);
  });

  const own = (): string => app.url;
  const OTHER_PORT = 'http://127.0.0.1:1';
  test.each<[string, string, () => Record<string, string>, number]>([
    ['no Origin', 'POST', () => ({}), 403],
    ['a foreign Origin', 'POST', () => ({ Origin: 'https://evil.example' }), 403],
    ['an Origin of another port', 'POST', () => ({ Origin: OTHER_PORT }), 403],
    ['an Origin that begins like ours', 'POST', () => ({ Origin: `${own()}.evil.example` }), 403],
    ['the Origin of a sandbox', 'POST', () => ({ Origin: 'null' }), 403],
    ['our Origin', 'POST', () => ({ Origin: own() }), 201],
    ['our Origin, from our page', 'POST', () => ({ Origin: own(), 'Sec-Fetch-Site': 'same-origin' }), 201],
    ['our Origin, but from another site', 'POST', () => ({ Origin: own(), 'Sec-Fetch-Site': 'cross-site' }), 403],
    ['our Origin, but from a neighbour', 'POST', () => ({ Origin: own(), 'Sec-Fetch-Site': 'same-site' }), 403],
    ['a page of a neighbour', 'GET', () => ({ 'Sec-Fetch-Site': 'same-site' }), 403],
    ['our own page', 'GET', () => ({ 'Sec-Fetch-Site': 'same-origin' }), 200],
    ['no Origin', 'GET', () => ({}), 200],
    ['the click on a link of another site', 'GET', () => ({ 'Sec-Fetch-Site': 'cross-site' }), 403],
    ['an address that was typed', 'GET', () => ({ 'Sec-Fetch-Site': 'none' }), 200],
    ['no Origin', 'DELETE', () => ({}), 403],
  ])('%s: %s', async (name, method, headers, status) => {
    const browser = await signInAs(app, admin);
    const path = method === 'DELETE' ? 'session' : 'campaigns';
    const body = method === 'POST' ? { name, languages: ['en'] } : undefined;
    const answer = await browser.call(method, path, body, headers());
    expect(answer.status).toBe(status);
    if (status === 403) expect(problemOf(answer).errorCode).toBe('origin_mismatch');
  });

  test('other sites cannot even sign somebody in; a program without Origin can', async () => {
    const { email, password } = agent;
    const browser = new Browser(app.url);
    const foreign: Record<string, string>[] = [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }];
    for (const headers of foreign) {
      const answer = await browser.post('session', { email, password }, headers);
      expect(problemOf(answer)).toMatchObject({ status: 403, errorCode: 'origin_mismatch' });
      expect(browser.cookie).toBeNull();
    }
    expectStatus(await browser.post('session', { email, password }, {}), 200);
  });

  test('of a key and a cookie the key counts', async () => {
    const { cookie } = await signInAs(app, agent);
    const both = (key: string): Promise<{ status: number }> =>
      new Api(app.url, key).call('GET', 'api-keys', undefined, { Cookie: cookie! });
    expect((await both(app.api.key!)).status).toBe(200);
    expect((await both('sik_garbage')).status).toBe(401);
    const withKey = await app.api.call('GET', 'session', undefined, { Cookie: cookie! });
    expect(problemOf(withKey)).toMatchObject({ status: 403, errorCode: 'session_required' });
    const basic = { Cookie: cookie!, Authorization: 'Basic eDp5' };
    expect((await new Api(app.url, null).call('GET', 'session', undefined, basic)).status).toBe(200);
  });

  test('a user may revoke any key; an agent none', async () => {
    const { id } = (await app.api.post<{ id: string }>('api-keys', { name: 'Old', scopes: ['events:read'] })).body;
    expect((await (await signInAs(app, agent)).delete(`api-keys/${id}`)).status).toBe(403);
    expectStatus(await (await signInAs(app, admin)).delete(`api-keys/${id}`), 204);
  });

  test('signing out ends this session at once and takes the cookie away', async () => {
    const [browser, other] = [await signInAs(app, agent), await signInAs(app, agent)];
    const { cookie } = browser;
    const answer = await browser.delete('session');
    expectStatus(answer, 204);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-session=; .*Max-Age=0/);
    browser.cookie = cookie;
    expect(await statuses(browser)).toEqual([401, 401]);
    expectStatus(await other.get('session'), 200);
  });

  test('signing out everywhere ends all sessions of the user, and nobody else\u2019s', async () => {
    const [one, two, others] = [await signInAs(app, agent), await signInAs(app, agent), await signInAs(app, admin)];
    expect((await two.delete('session?everywhere=perhaps')).status).toBe(422);
    expectStatus(await two.delete('session?everywhere=false'), 204);
    expectStatus(await one.delete('session?everywhere=true'), 204);
    expectStatus(await others.get('session'), 200);
    const left = await app.dataSource.query('SELECT FROM sessions WHERE user_id = $1', [agent.id]);
    expect(left).toEqual([]);
  });

  test('a new password ends all other sessions, and gives this one a new id', async () => {
    const user = await insertSettledUser(app);
    const [browser, other] = [await signInAs(app, user), await signInAs(app, user)];
    const stolen = new Browser(app.url);
    stolen.cookie = browser.cookie;
    const newPassword = 'quite another password';
    expectStatus(await browser.post('session/password', { currentPassword: user.password, newPassword }), 200);
    expectStatus(await browser.get('session'), 200);
    expect(await statuses(other)).toEqual([401, 401]);
    expect(await statuses(stolen)).toEqual([401, 401]);
    expect((await new Browser(app.url).signIn(user.email, user.password)).status).toBe(401);
    expectStatus(await new Browser(app.url).signIn(user.email, newPassword), 200);
  });

  test.each([
    ['a wrong current password', { currentPassword: 'not the password' }, 'currentPassword'],
    ['the same again', { newPassword: 'CURRENT' }, 'newPassword'],
    ['11 characters', { newPassword: 'x'.repeat(11) }, 'newPassword'],
    ['201 characters', { newPassword: 'x'.repeat(201) }, 'newPassword'],
  ])('as a new password %s is refused by name, and changes nothing', async (_, change, field) => {
    const browser = await signInAs(app, agent);
    const body = { currentPassword: agent.password, newPassword: 'a new password', ...change };
    if (body.newPassword === 'CURRENT') body.newPassword = agent.password;
    const answer = await browser.post('session/password', body);
    expect({ status: answer.status, fields: fieldsOf(answer) }).toEqual({ status: 422, fields: [field] });
    expectStatus(await (await signInAs(app, agent)).get('session'), 200);
    expectStatus(await browser.get('session'), 200);
  });

  test('of many changes of one password at once a single one wins', async () => {
    const user = await insertSettledUser(app);
    const browsers = await Promise.all(Array.from({ length: 4 }, () => signInAs(app, user)));
    const answers = await Promise.all(
      browsers.map((browser, n) =>
        browser.post('session/password', { currentPassword: user.password, newPassword: `new password ${n}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await app.dataSource.query('SELECT FROM sessions WHERE user_id = $1', [user.id])).toHaveLength(1);
  });

  test('a sign-in with the old password, while it changes, gets no session', async () => {
    const user = await insertSettledUser(app);
    const change = app.dataSource.createQueryRunner();
    await change.startTransaction();
    await change.query(`UPDATE users SET password_hash = 'another' WHERE id = $1`, [user.id]);
    await change.query('DELETE FROM sessions WHERE user_id = $1', [user.id]);
    let isAnswered = false;
    const signIn = new Browser(app.url).signIn(user.email, user.password).finally(() => (isAnswered = true));
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO sessions%'`;
    await eventually('the sign-in to wait', async () => isAnswered || (await app.dataSource.query(waiting)).length > 0);
    await change.commitTransaction();
    await change.release();
    expect((await signIn).status).toBe(401);
    expect(await app.dataSource.query('SELECT FROM sessions WHERE user_id = $1', [user.id])).toEqual([]);
  });

  test.each([
    ['12 hours after the sign-in', "expires_at = now() - interval '1 second'"],
    ['30 minutes after the last request', "last_seen_at = now() - interval '30 minutes 1 second'"],
  ])('a session ends %s', async (_, change) => {
    const browser = await signInAs(app, agent);
    await app.dataSource.query(`UPDATE sessions SET ${change} WHERE user_id = $1`, [agent.id]);
    expect(await statuses(browser)).toEqual([401, 401]);
  });

  test('lasts 12 hours; its last use is noted at most once a minute', async () => {
    await app.dataSource.query('DELETE FROM sessions');
    const browser = await signInAs(app, agent);
    const ages = async (): Promise<{ left: number; idle: number }[]> =>
      app.dataSource.query(`SELECT round(extract(epoch FROM expires_at - now()))::float AS left,
        round(extract(epoch FROM now() - last_seen_at))::float AS idle FROM sessions`);
    for (const [idle, after] of [
      [40, 40],
      [90, 0],
    ]) {
      await app.dataSource.query(`UPDATE sessions SET last_seen_at = now() - $1 * interval '1 second'`, [idle]);
      expectStatus(await browser.get('session'), 200);
      const [session] = await ages();
      expect(Math.abs(session!.idle - after!)).toBeLessThan(10);
      expect(Math.abs(session!.left - 43_200)).toBeLessThan(60);
    }
  });
});
