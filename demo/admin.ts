import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from './api.ts';
import type { Demo } from './demo.ts';
import { UserSession } from './user-session.ts';

type Admin = Pick<Demo, 'adminEmail' | 'adminPassword'>;

interface Place {
  baseUrl: string;
  apiKey: string;
  dataDir: string;
  /** What the previous run wrote. */
  previous: Partial<Admin>;
}

const EMAIL = 'admin@localhost';

/** Prepares an admin who can sign in and need not change the password. It keeps the one of the previous run if that still works. */
export async function prepareAdmin(place: Place): Promise<Admin> {
  const session = new UserSession(place.baseUrl);
  const { adminEmail = EMAIL, adminPassword } = place.previous;
  if (adminPassword !== undefined && (await session.signIn(adminEmail, adminPassword))) {
    await session.signOut();
    return { adminEmail, adminPassword };
  }
  const chosen = makePassword();
  await session.changePassword(await signInFirst(session, place), chosen);
  await session.signOut();
  return { adminEmail: EMAIL, adminPassword: chosen };
}

/** @returns the password that worked */
async function signInFirst(session: UserSession, place: Place): Promise<string> {
  const file = join(place.dataDir, 'first-admin-password');
  const first = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (first !== '' && (await session.signIn(EMAIL, first))) return first;
  // The first password was changed and demo.json is lost, so this resets the password with the API key.
  const password = await resetPassword(new Api(place));
  if (await session.signIn(EMAIL, password)) return password;
  throw new Error(`The user ${EMAIL} cannot sign in.`);
}

async function resetPassword(api: Api): Promise<string> {
  const { data } = await api.get<{ data: { id: string; email: string }[] }>('users?limit=100');
  const admin = data.find(({ email }) => email === EMAIL);
  if (admin === undefined) throw new Error(`There is no user ${EMAIL}.`);
  const password = makePassword();
  await api.patch(`users/${admin.id}`, { password });
  return password;
}

const makePassword = (): string => randomBytes(12).toString('base64url');
