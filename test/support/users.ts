import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionDto } from '../../src/access/session.dto.js';
import type { CreatedUserDto, CreateUserDto } from '../../src/access/user.dto.js';
import { type Answer, Api } from './api.ts';
import type { TestApp } from './app.ts';
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

export async function signInAs({ url }: Pick<TestApp, 'url'>, { email, password }: KnownUser): Promise<Browser> {
  const browser = new Browser(url);
  expectStatus(await browser.signIn(email, password), 200);
  return browser;
}

export async function readFirstAdminPassword(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'first-admin-password'), 'utf8')).trim();
}
