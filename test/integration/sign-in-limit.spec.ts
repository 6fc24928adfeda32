import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestApp, startTestProcess, type TestApp, type TestProcess } from '../support/app.ts';
import { expectStatus } from '../support/factories.ts';
import { problemOf } from '../support/problems.ts';
import { Browser, insertSettledUser, type KnownUser, signInAs } from '../support/users.ts';

const WRONG = 'not the password';

describe('Wrong passwords', () => {
  let app: TestApp;
  let second: TestProcess;
  let user: KnownUser;

  beforeAll(async () => {
    app = await startTestApp();
    second = await startTestProcess(app);
    user = await insertSettledUser(app);
  });
  beforeEach(() => app.dataSource.query('DELETE FROM login_attempts'));
  afterAll(async () => {
    await second.stop();
    await app.stop();
  });

  const guess = async (email = user.email, password = WRONG, { url } = app as { url: string }): Promise<number> =>
    (await new Browser(url).signIn(email, password)).status;
  const forget = (kind: 'address' | 'email'): Promise<unknown> =>
    app.dataSource.query(`DELETE FROM login_attempts WHERE key LIKE '${kind}:%'`);
  const count = (statuses: number[], status: number): number => statuses.filter((each) => each === status).length;

  test('after five, even the right one is refused, and the answer says how long', async () => {
    for (let n = 0; n < 5; n++) expect(await guess()).toBe(401);
    const answer = await new Browser(app.url).signIn(user.email, user.password);
    expect(problemOf(answer)).toMatchObject({ status: 429, errorCode: 'too_many_attempts' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(25);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(30);
  });

  test('are counted per e-mail address, wherever they come from', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 8; n++) {
      statuses.push(await guess(n % 2 ? user.email : user.email.toUpperCase()));
      await forget('address');
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    expect(await guess('somebody-else@example.com')).toBe(401);
  });

  test('are counted per remote address, whoever they are for', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 8; n++) statuses.push(await guess(`user-${n}@example.org`));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    // What was not looked at counts for nobody.
    const counted = await app.dataSource.query(`SELECT FROM login_attempts WHERE key LIKE 'email:%'`);
    expect(counted).toHaveLength(5);
  });

  test('each more blocks for twice as long, up to a quarter of an hour', async () => {
    for (let n = 0; n < 4; n++) expect(await guess()).toBe(401);
    for (const seconds of [30, 60, 120, 240, 480, 900, 900]) {
      expect(await guess()).toBe(401);
      const answer = await new Browser(app.url).signIn(user.email, WRONG);
      expect(Math.abs(Number(answer.headers.get('retry-after')) - seconds)).toBeLessThan(5);
      await app.dataSource.query('UPDATE login_attempts SET blocked_until = now()');
    }
  });

  test('are forgotten after an hour', async () => {
    for (let n = 0; n < 6; n++) await guess();
    await app.dataSource.query(
      `UPDATE login_attempts SET blocked_until = NULL, updated_at = now() - interval '61 min'`,
    );
    for (let n = 0; n < 5; n++) expect(await guess()).toBe(401);
    expect(await guess()).toBe(429);
  });

  test('the right one forgets those of the e-mail address, and costs the remote address nothing', async () => {
    for (let n = 0; n < 4; n++) expect(await guess()).toBe(401);
    for (let n = 0; n < 5; n++) expect(await guess(user.email, user.password)).toBe(200);
    await forget('address');
    for (let n = 0; n < 5; n++) expect(await guess()).toBe(401);
    expect(await guess()).toBe(429);
  });

  test('the right one does not wipe out those that the remote address made for others', async () => {
    const others = await Promise.all(Array.from({ length: 6 }, () => insertSettledUser(app)));
    const guessOf = (n: number): Promise<number> => guess(others[n]!.email);
    for (let n = 0; n < 4; n++) expect(await guessOf(n)).toBe(401);
    expect(await guess(user.email, user.password)).toBe(200);
    expect(await guessOf(4)).toBe(401);
    expect(await guessOf(5)).toBe(429);
  });

  test.each([
    ['one e-mail address', () => user.email],
    ['a hundred e-mail addresses', (n: number) => `user-${n}@example.org`],
  ])('a hundred at once, for %s and at two processes: five are looked at', async (_, email) => {
    const statuses = await Promise.all(
      Array.from({ length: 100 }, (_, n) => guess(email(n), WRONG, n % 2 ? app : second)),
    );
    expect({ wrong: count(statuses, 401), refused: count(statuses, 429) }).toEqual({ wrong: 5, refused: 95 });
  });

  test('a hundred at once of which the last is right do not let more through than five', async () => {
    const guesses = Array.from({ length: 99 }, () => guess());
    const statuses = await Promise.all([...guesses, guess(user.email, user.password)]);
    expect(count(statuses, 401) + count(statuses, 200)).toBeLessThanOrEqual(10);
    expect(count(statuses, 429)).toBeGreaterThanOrEqual(90);
  });

  test('of a session for the current password are counted as well, apart from those of the sign-in', async () => {
    const browser = await signInAs(app, user);
    const body = { currentPassword: WRONG, newPassword: 'a new password' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.post('session/password', body)));
    const statuses = answers.map(({ status }) => status);
    expect({ wrong: count(statuses, 422), refused: count(statuses, 429) }).toEqual({ wrong: 5, refused: 15 });
    const refused = answers.find(({ status }) => status === 429)!;
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expectStatus(await new Browser(app.url).signIn(user.email, user.password), 200);
  });
});
