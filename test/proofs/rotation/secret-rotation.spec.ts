import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../../../scripts/free-port.ts';
import { type ServiceProcess, startService } from '../../../scripts/service-process.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../scripts/temporary-folder.ts';
import { type RunningSimulator, startSimulator } from '../../../simulator/src/simulator.ts';
import { Api } from '../../support/api.ts';
import { readFirstApiKey, startBuiltService } from '../../stack/built-service.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const [OLD, NEW] = [newKey('k1'), newKey('k2')];

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** `dist/commands/rotate-secrets.js` as a process of its own. */
const rotate = (env: Record<string, string>, ...words: string[]): Promise<Run> =>
  new Promise((resolve) => {
    const script = join(import.meta.dirname, '../../../dist/commands/rotate-secrets.js');
    execFile(
      process.execPath,
      [script, ...words],
      { env: { PATH: process.env['PATH'], ...env } },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

describe('secrets:rotate', () => {
  let folder: TemporaryFolder;
  let database: TestDatabase;
  let simulator: RunningSimulator;
  let service: ServiceProcess;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = await makeTemporaryFolder('rotation');
    database = await createTestDatabase();
    simulator = await startSimulator({ port: 0 });
    env = {
      PORT: String(await findFreePort()),
      DATA_DIR: folder.path,
      DATABASE_URL: database.url,
      TWILIO_API_BASE_URL: simulator.url,
      LOG_LEVEL: 'warn',
    };
    service = await startService({ env: { ...env, ENCRYPTION_KEYS: OLD } });
    const api = new Api(service.url, await readFirstApiKey(folder.path));
    await connectTelephony({ api, simulator });
    await buildEntryPoint({ api });
  });
  afterAll(async () => {
    await service.stop();
    await simulator.close();
    await database.drop();
    await folder.remove();
  });

  const startWith = async (keys: string): Promise<Api> => {
    await service.stop();
    service = await startService({ env: { ...env, ENCRYPTION_KEYS: keys } });
    return new Api(service.url, await readFirstApiKey(folder.path));
  };
  const text = async (): Promise<number> =>
    (await sendSms({ simulator }, { from: '+15005550101' })).deliveries[0]!.status;

  test('says what the older key is still needed for, and what it cannot read without it', async () => {
    const looked = await rotate({ ...env, ENCRYPTION_KEYS: `${NEW},${OLD}` }, '--check');
    expect(looked).toMatchObject({ code: 2, stderr: '' });
    expect(looked.stdout).toMatch(/auth_token: 1 secrets, 0 re-encrypted, 1 with an older key, 0 unreadable/);
    const without = await rotate({ ...env, ENCRYPTION_KEYS: NEW });
    expect(without).toMatchObject({ code: 2, stderr: '' });
    expect(without.stdout).toMatch(
      /The secret in telephony_connections\.auth_token:\S+ cannot be read: the key "k1" is unknown/,
    );
  });

  test('rotates while SMS come and Twilio is connected again; then the old key is needed no more', async () => {
    const api = await startWith(`${NEW},${OLD}`);
    const rotating = rotate({ ...env, ENCRYPTION_KEYS: `${NEW},${OLD}` });
    const rotation = new AbortController();
    const texting = (async () => {
      const statuses: number[] = [];
      while (!rotation.signal.aborted) statuses.push(await text());
      return statuses;
    })();
    const connecting = (async () => {
      while (!rotation.signal.aborted) await connectTelephony({ api, simulator });
    })();
    const { code, stdout } = await rotating;
    rotation.abort();
    expect(new Set(await texting)).toEqual(new Set([200]));
    await connecting;
    expect(stdout).toContain('Every secret opens with the key k2. No row needs k1 any more.');
    expect(code).toBe(0);

    const afterwards = await startWith(NEW);
    expect(await text()).toBe(200);
    expectStatus(await afterwards.post('telephony/verify'), 200);
    expect(await rotate({ ...env, ENCRYPTION_KEYS: NEW })).toMatchObject({ code: 0, stderr: '' });
  });

  test('says so while SMS wait in the spool', async () => {
    const spool = join(folder.path, 'spool');
    const all = { ...env, ENCRYPTION_KEYS: `${NEW},${OLD}`, SPOOL_DIR: spool };
    expect(await rotate(all)).toMatchObject({ code: 0, stderr: '' });
    await mkdir(spool);
    await writeFile(join(spool, '019a0000-0000-7000-8000-000000000000.spool'), '');
    const { code, stdout } = await rotate(all);
    expect(stdout).toContain('Keep all keys: an older one may be needed for SMS in the spool');
    expect(code).toBe(2);
  });

  test.each([
    ['a key that is none', { ENCRYPTION_KEYS: 'k1:short' }, 'ENCRYPTION_KEYS must be id:base64 pairs'],
    ['a database without tables', { DATABASE_URL: 'postgres' }, 'telephony_connections'],
  ])('exits with 1 for %s', async (_, change, said) => {
    const url = new URL(database.url);
    url.pathname = '/postgres';
    const wrong = {
      ...env,
      ENCRYPTION_KEYS: NEW,
      ...change,
      ...('DATABASE_URL' in change && { DATABASE_URL: url.href }),
    };
    const { code, stderr } = await rotate(wrong);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
  });
});

describe('secrets:rotate beside a service with a PostgreSQL of its own', () => {
  test('uses that one, and leaves it running', async () => {
    const service = await startBuiltService();
    try {
      await connectTelephony(service);
      const { code, stdout } = await rotate({ DATA_DIR: service.dataDir });
      expect(stdout).toContain('Every secret opens with the key k1.');
      expect(code).toBe(0);
      expect((await service.api.get('telephony')).status).toBe(200);
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    } finally {
      await service.stop();
    }
  });
});
