import { afterEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findFreePort } from '../../../scripts/free-port.ts';
import { type ServiceProcess, startService } from '../../../scripts/service-process.ts';
import { makeTemporaryFolder } from '../../../scripts/temporary-folder.ts';
import { startSimulator } from '../../../simulator/src/simulator.ts';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import { takeMigrationLock } from '../../../src/database/migration-lock.js';
import { Api } from '../../support/api.ts';
import { findEmbeddedPostgres, killEmbeddedPostgres } from '../../stack/postmaster.ts';
import { readFirstApiKey } from '../../stack/built-service.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { IN_SILENCE } from '../../support/in-silence.ts';
import { sendSms } from '../../support/phone.ts';
import { createTestDatabase, openDirectly } from '../../support/postgres.ts';
import { startTcpProxy } from '../../stack/tcp-proxy.ts';

const main = join(import.meta.dirname, '../../../dist/main.js');
const STOP_DEADLINE_MS = 25_000;
const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

describe('A start that cannot succeed', () => {
  test('names every setting that is wrong, at once', async () => {
    const { code, printed } = await runToItsEnd({
      PORT: '70000',
      PUBLIC_URL: 'sms.example.com',
      ROLES: 'api,agent',
      DATABASE_URL: 'mysql://db/sms',
      SWEEP_SECONDS: 'soon',
      ENCRYPTION_KEYS: 'k1:short',
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'PUBLIC_URL', 'ROLES', 'DATABASE_URL', 'SWEEP_SECONDS', 'ENCRYPTION_KEYS']) {
      expect(printed).toMatch(new RegExp(`^  ${name} .*must`, 'm'));
    }
    expect(printed).not.toMatch(/^\s+at /m);
  });

  test('says which port is taken, and lets go of its PostgreSQL', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    cleanUps.push(() => other.close());
    const { port } = other.address() as AddressInfo;
    const dataDir = await makeDataDir();
    const { code, printed } = await runToItsEnd({ PORT: String(port), DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(printed).toContain(`Port ${port} is in use. Free it, or set PORT to another one.`);
    expect(findEmbeddedPostgres(dataDir)).toBeNull();
  });

  test('says that HOST is not of this machine, and what to set', async () => {
    // TEST-NET-3, which nobody has.
    const { code, printed } = await runToItsEnd({ HOST: '203.0.113.9', PORT: '0', DATA_DIR: await makeDataDir() });
    expect(code).toBe(1);
    expect(printed).toContain('203.0.113.9 is not an address of this machine. Set HOST to one that is');
  });

  test('says that DATA_DIR is no folder, and keeps what is there', async () => {
    const file = join(await makeDataDir(), 'notes.txt');
    await writeFile(file, 'mine');
    const { code, printed } = await runToItsEnd({ PORT: '0', DATA_DIR: file });
    expect(code).toBe(1);
    expect(printed).toContain(`${file} cannot be created (EEXIST). Set DATA_DIR to a writable folder.`);
    expect(printed).toContain('The compile cache in DATA_DIR cannot be used');
    expect(await readFile(file, 'utf8')).toBe('mine');
  });
});

test('With an empty DATA_DIR all it keeps is in .data', async () => {
  const folder = await makeDataDir();
  const { child, ended, printed } = run({ DATA_DIR: '', PORT: '0' }, folder);
  await eventually('that it listens', () => printed().includes('sms-inbound listens'), 60_000);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  expect(await readdir(folder)).toEqual(['.data']);
  expect(await readdir(join(folder, '.data'))).toContain('compile-cache');
});

test('A spool that cannot be written is no spool: the start is refused', async () => {
  const database = await createTestDatabase();
  cleanUps.push(() => database.drop());
  const { code, printed } = await runToItsEnd({
    DATABASE_URL: database.url,
    DATA_DIR: await makeDataDir(),
    SPOOL_DIR: '/proc/no/spool',
    SPOOL_DURABLE: 'true',
  });
  expect(code).toBe(1);
  expect(printed).toContain('SPOOL_DIR (/proc/no/spool) is not writable');
});

test('STRICT_DURABILITY refuses settings that may lose accepted SMS', async () => {
  const database = await createTestDatabase();
  cleanUps.push(() => database.drop());
  const direct = await openDirectly(database.url);
  await direct.query(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET synchronous_commit = off`);
  await direct.close();
  const env = { DATABASE_URL: database.url, DATA_DIR: await makeDataDir(), STRICT_DURABILITY: 'true' };
  const { code, printed } = await runToItsEnd(env);
  expect(code).toBe(1);
  expect(printed).toMatch(/STRICT_DURABILITY: .*set synchronous_commit to on/);
});

describe('SIGTERM', () => {
  test('ends it in order with code 0, and its PostgreSQL with it', async () => {
    const dataDir = await makeDataDir();
    const service = await start({ DATA_DIR: dataDir });
    expect(findEmbeddedPostgres(dataDir)).not.toBeNull();

    const askedAt = Date.now();
    expect(await service.stop()).toBe(0);
    expect(Date.now() - askedAt).toBeLessThan(STOP_DEADLINE_MS);
    expect(findEmbeddedPostgres(dataDir)).toBeNull();
  });

  test('ends it on its way up too, and its PostgreSQL with it', async () => {
    const dataDir = await makeDataDir();
    const { child, ended } = run({ DATA_DIR: dataDir, PORT: '0' });
    await eventually('PostgreSQL', () => findEmbeddedPostgres(dataDir));
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    expect(findEmbeddedPostgres(dataDir)).toBeNull();
  });
});

describe('What a start needs and does not have is waited for, until SIGTERM:', () => {
  /** @returns its exit code, and whether it ended soon */
  const endWhileItWaits = async (env: Record<string, string>, line: string): Promise<[number | null, boolean]> => {
    const { child, printed, ended } = run({ ...env, DATA_DIR: await makeDataDir(), PORT: '0' });
    await eventually('that it says so', () => printed().includes(line), 30_000);
    child.kill('SIGTERM');
    const askedAt = Date.now();
    const { code } = await ended;
    return [code, Date.now() - askedAt < 5_000];
  };

  test('a database', async () => {
    const database = await createTestDatabase();
    const proxy = await startTcpProxy(database.url);
    cleanUps.push(() => database.drop(), proxy.stop);
    await proxy.refuse();
    expect(await endWhileItWaits({ DATABASE_URL: proxy.url }, 'Waiting for the database')).toEqual([0, true]);
  });

  test('another process that brings the database up to date', async () => {
    const database = await createTestDatabase();
    const other = await openDirectly(database.url);
    cleanUps.push(() => database.drop(), other.close);
    await takeMigrationLock(other.query, IN_SILENCE);
    expect(
      await endWhileItWaits({ DATABASE_URL: database.url }, 'Waiting for another process to migrate the database'),
    ).toEqual([0, true]);
  });

  test('Redis', async () => {
    const database = await createTestDatabase();
    cleanUps.push(() => database.drop());
    const redisUrl = `redis://127.0.0.1:${await findFreePort()}`;
    const end = await endWhileItWaits(
      { DATABASE_URL: database.url, REDIS_URL: redisUrl },
      'Waiting for Redis (connect ECONNREFUSED',
    );
    expect(end).toEqual([0, true]);
  });
});

test('A database that was away at the start is used as soon as it answers', async () => {
  const database = await createTestDatabase();
  const proxy = await startTcpProxy(database.url);
  cleanUps.push(() => database.drop(), proxy.stop);
  await proxy.refuse();

  const { child, printed } = run({ DATABASE_URL: proxy.url, DATA_DIR: await makeDataDir(), PORT: '0' });
  await eventually('that it waits', () => printed().includes('Waiting for the database'));
  expect(child.exitCode).toBeNull();
  await proxy.pass();
  await eventually('that it is up', () => printed().includes('sms-inbound listens on'), 30_000);
});

test('it ends in order when whoever read its log is gone', async () => {
  const port = await findFreePort();
  const env = {
    PATH: process.env['PATH'],
    PORT: String(port),
    DATA_DIR: await makeDataDir(),
    LOG_LEVEL: 'trace',
  };
  const child = spawn(process.execPath, [main], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  cleanUps.push(() => void child.kill('SIGKILL'));
  const isUp = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually('that it is up', isUp, 60_000);
  child.stdout.destroy();
  child.stderr.destroy();
  expect(await isUp()).toBe(true);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

describe('ROLES', () => {
  test('let one process take SMS and another turn them into contacts', async () => {
    const database = await createTestDatabase();
    const simulator = await startSimulator({ port: 0 });
    cleanUps.push(
      () => database.drop(),
      () => simulator.close(),
    );
    const shared = {
      DATABASE_URL: database.url,
      TWILIO_API_BASE_URL: simulator.url,
      ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    };
    const dataDir = await makeDataDir();
    const receiver = await start({ ...shared, ROLES: 'api', DATA_DIR: dataDir });
    const api = new Api(receiver.url, await readFirstApiKey(dataDir));
    await connectTelephony({ api, simulator });
    await buildEntryPoint({ api });
    const findContact = async () => (await api.get<ContactPageDto>('contacts')).body.data[0];

    const { deliveries } = await sendSms({ simulator }, { from: '+15005550101' });
    expect(deliveries).toMatchObject([{ status: 200 }]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await findContact()).toBeUndefined();

    const worker = await start({ ...shared, ROLES: 'worker,scheduler', DATA_DIR: await makeDataDir() });
    expect(await eventually('a contact', findContact)).toMatchObject({ ani: '+15005550101', messageCount: 1 });

    const statusOf = async (path: string): Promise<number> => (await fetch(`${worker.url}${path}`)).status;
    expect(await statusOf('/health/ready')).toBe(200);
    expect(await statusOf('/health/live')).toBe(200);
    expect(await statusOf('/metrics')).toBe(200);
    for (const path of ['/', '/api/v1/contacts', '/webhooks/twilio/sms/key', '/docs', '/openapi.json', '/metricsx']) {
      expect([path, await statusOf(path)]).toEqual([path, 404]);
    }
  });
});

async function makeDataDir(): Promise<string> {
  const folder = await makeTemporaryFolder('start');
  cleanUps.push(folder.remove, () => killEmbeddedPostgres(folder.path));
  return folder.path;
}

async function start(env: Record<string, string>): Promise<ServiceProcess> {
  const service = await startService({ env });
  cleanUps.push(() => service.stop());
  return service;
}

/** The service as a person would start it, whether it comes up or not. */
function run(env: Record<string, string>, cwd?: string) {
  const child = spawn(process.execPath, [main], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, printed }));
  cleanUps.push(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended, printed: () => printed };
}

const runToItsEnd = (env: Record<string, string>) => run(env).ended;
