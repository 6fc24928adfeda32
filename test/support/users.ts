import { randomBytes, scryptSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionDto } from '../../src/access/session.dto.js';
import type { CreatedUserDto, CreateUserDto } from '../../src/access/user.dto.js';
import { newId } from '../../src/common/ids.js';
import { firstAccountId } from './accounts.ts';
import { type Answer, Api } from './api.ts';
import type { TestApp, TestProcess } from './app.ts';
import { expectStatus } from './factories.ts';

export const FIRST_ADMIN = 'admin@localhost';

/** Calls the API as the service's own page does in a browser: with the cookie and the page's Origin. */
export class Browser extends Api {
  cookie: string | null = null;

  constructor(url: string) {
    super(url, null);
  }

  override async call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { Origin: this.url },
  ): Promise<Answer<T>> {
    const answer = await super.call<T>(method, path, body, {
      ...(this.cookie !== null && { Cookie: this.cookie }),
      ...headers,
    });
    const [cookie] = answer.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0]!;
    return answer;
  }

  signIn(email: string, password: string): Promise<Answer<SessionDto>> {
    return this.post<SessionDto>('session', { email, password });
  }
}

/** A user whose password is known. */
export interface KnownUser {
  id: string;
  email: string;
  password: string;
}

let made = 0;

/** Creates a user who has not signed in yet, with a password that the admin chose. */
export async function buildUser(app: Pick<TestApp, 'api'>, given: Partial<CreateUserDto> = {}): Promise<KnownUser> {
  const body = { email: `user-${++made}@example.com`, role: 'agent', password: `first password ${made}`, ...given };
  const { id } = expectStatus(await app.api.post<CreatedUserDto>('users', body), 201);
  return { id, email: body.email, password: body.password };
}

/** Creates a user who has changed the first password; nobody is signed in. */
export async function buildSettledUser(
  app: Pick<TestApp, 'api' | 'url'>,
  given: Partial<CreateUserDto> = {},
): Promise<KnownUser> {
  const user = await buildUser(app, given);
  const browser = await signInAs(app, user);
  const password = `own ${user.password}`;
  const change = { currentPassword: user.password, newPassword: password };
  expectStatus(await browser.post('session/password', change), 200);
  expectStatus(await browser.delete('session'), 204);
  return { ...user, password };
}

/** Such a user, put into the database with the cheapest of hashes: the service itself takes long to make one, and to match it. */
export async function insertSettledUser(
  { dataSource }: Pick<TestProcess, 'dataSource'>,
  given: Partial<Pick<CreateUserDto, 'role'> & { accountId: string }> = {},
): Promise<KnownUser> {
  const { role = 'agent', accountId = await firstAccountId({ dataSource }) } = given;
  const user = { id: newId(), email: `user-${++made}@example.com`, password: `own password ${made}` };
  await dataSource.query(
    `INSERT INTO users (id, account_id, email, password_hash, role, must_change_password)
     VALUES ($1, $2, $3, $4, $5, false)`,
    [user.id, accountId, user.email, hashCheaply(user.password), role],
  );
  return user;
}

/** As the service stores it, which reads the cost from there. */
function hashCheaply(password: string): string {
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, 32, { N: 16, r: 1, p: 1 });
  return ['scrypt', 16, 1, 1, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

export async function signInAs({ url }: Pick<TestApp, 'url'>, { email, password }: KnownUser): Promise<Browser> {
  const browser = new Browser(url);
  expectStatus(await browser.signIn(email, password), 200);
  return browser;
}

export async function readFirstAdminPassword(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'first-admin-password'), 'utf8')).trim();
}
