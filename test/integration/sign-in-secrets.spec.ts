import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { CreatedUserDto } from '../../src/access/user.dto.js';
import { type BuiltService, startBuiltService } from '../stack/built-service.ts';
import { expectStatus } from '../support/factories.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { Browser, FIRST_ADMIN, readFirstAdminPassword } from '../support/users.ts';

const CHOSEN = 'a password that nobody else knows';

describe('Secrets of users', () => {
  let database: TestDatabase;
  let service: BuiltService;
  let secrets: Record<string, string>;

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await startBuiltService({ DATABASE_URL: database.url, LOG_LEVEL: 'trace' });
    const first = await readFirstAdminPassword(service.dataDir);
    const browser = new Browser(service.url);
    expectStatus(await browser.signIn(FIRST_ADMIN, first), 200);
    const firstSession = browser.cookie!.split('=')[1]!;
    expectStatus(await browser.post('session/password', { currentPassword: first, newPassword: CHOSEN }), 200);
    const user = { email: 'ada@example.com', role: 'agent' };
    const { password } = expectStatus(await browser.post<CreatedUserDto>('users', user), 201);
    expect((await browser.post('users', { ...user, password: 'a password in vain' })).status).toBe(409);
    expect((await new Browser(service.url).signIn('my password by mistake', 'a wrong guess')).status).toBe(401);
    secrets = {
      'the first password': first,
      'the first session id': firstSession,
      'a password that was chosen': CHOSEN,
      'the present session id': browser.cookie!.split('=')[1]!,
      'a password that was made': password!,
      'a password that was refused': 'a password in vain',
      'a wrong password': 'a wrong guess',
      'a password in the place of the e-mail address': 'my password by mistake',
    };
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
  });

  const expectNone = (text: string): void => {
    expect(Object.entries(secrets).filter(([, secret]) => text.includes(secret))).toEqual([]);
  };

  test('are not in the log, which names the files that hold the first ones', async () => {
    const log = await readFile(join(service.dataDir, 'service.log'), 'utf8');
    expect(log).toContain(join(service.dataDir, 'first-api-key'));
    expect(log).toContain(join(service.dataDir, 'first-admin-password'));
    expectNone(log);
    expect(log).toMatch(/"address":"127.0.0.1".*"msg":"A sign-in failed"/);
  });

  test('are in the database as hashes only', async () => {
    const client = new pg.Client(database.url);
    await client.connect();
    for (const table of ['users', 'sessions', 'login_attempts']) {
      const { rows } = await client.query(`SELECT t::text AS row FROM ${table} t`);
      expect(rows).not.toEqual([]);
      expectNone(JSON.stringify(rows));
    }
    const { rows: hashes } = await client.query('SELECT password_hash FROM users');
    const { rows: sessions } = await client.query('SELECT id_hash FROM sessions');
    await client.end();
    expect(hashes.every(({ password_hash: hash }) => hash.startsWith('scrypt$32768$8$3$'))).toBe(true);
    expect(sessions.map(({ id_hash: hash }) => hash.length)).toEqual([32]);
  });
});
