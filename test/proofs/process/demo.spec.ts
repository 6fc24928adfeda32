import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findFreePort } from '../../../scripts/free-port.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../scripts/temporary-folder.ts';
import type { CampaignPageDto } from '../../../src/campaigns/campaign.dto.js';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import type { EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import { Api } from '../../support/api.ts';
import { findEmbeddedPostgres, isAlive, killEmbeddedPostgres } from '../../stack/postmaster.ts';
import { type DemoProcess, startDemo } from '../../stack/demo-process.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

describe('A demo that is up', () => {
  let folder: TemporaryFolder;
  let running: DemoProcess;

  beforeAll(async () => {
    folder = await makeTemporaryFolder('demo');
    running = await startDemo({ DATA_DIR: folder.path });
  });
  afterAll(async () => {
    await running.stop();
    await folder.remove();
  });

  test('says how to use it, to people and to programs', () => {
    const { demo, output } = running;
    for (const said of [demo['baseUrl'], demo['simulatorUrl'], demo['apiKey'], 'Ctrl-C stops everything']) {
      expect(output()).toContain(said);
    }
    expect(demo).toMatchObject({
      baseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      apiKey: expect.stringMatching(/^sik_/),
      consoleUrl: expect.stringContaining(demo['baseUrl']!),
      adminEmail: expect.stringContaining('@'),
      adminPassword: expect.stringMatching(/^.{12,}$/),
      simulatorUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      accountSid: expect.stringMatching(/^AC[0-9a-f]{32}$/),
      authToken: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test.each(['demo.json', 'first-api-key', 'encryption-key', 'database-url', 'simulator.json'])(
    'keeps %s to its owner',
    (file) => {
      expect(statSync(join(folder.path, file)).mode & 0o777).toBe(0o600);
    },
  );

  test('has a campaign of two languages with an entry point each, whose webhooks are set', async () => {
    const api = apiOf(running.demo);
    const campaigns = expectStatus(await api.get<CampaignPageDto>('campaigns'), 200).data;
    expect(campaigns).toMatchObject([{ languages: ['en-US', 'pt-BR'], smsInboundEnabled: true }]);
    const entryPoints = expectStatus(await api.get<EntryPointPageDto>('entry-points'), 200).data;
    const isSet = { enabled: true, webhook: { state: 'set' } };
    expect(Object.fromEntries(entryPoints.map((entryPoint) => [entryPoint.language, entryPoint]))).toMatchObject({
      'en-US': isSet,
      'pt-BR': isSet,
    });
    expect(entryPoints).toHaveLength(2);
  });
});

describe('A demo', () => {
  test('takes other ports when its own are taken, and says so', async () => {
    const port = await takePort();
    const simulatorPort = await takePort();
    const taken = { PORT: String(port), SIMULATOR_PORT: String(simulatorPort) };
    const { demo, output } = await start(await makeDataDir(), taken);
    expect(output()).toContain(`PORT ${port} is taken by another program; using ${new URL(demo['baseUrl']!).port}.`);
    expect(output()).toContain(
      `SIMULATOR_PORT ${simulatorPort} is taken by another program; using ${new URL(demo['simulatorUrl']!).port}.`,
    );
    await expectContact(demo, '+15005550101');
  });

  test('stops everything on Ctrl-C, and keeps its data for the next time', async () => {
    const dataDir = await makeDataDir();
    const first = await start(dataDir);
    await expectContact(first.demo, '+15005550101');
    const pids = await pidsOf(dataDir);
    expect(pids.every(isAlive)).toBe(true);

    expect(await first.stop()).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(first.output()).toContain('Stopped everything it started. The data stays in the data folder.');

    const second = await start(dataDir);
    expect(second.demo['apiKey']).toBe(first.demo['apiKey']);
    await expectContact(second.demo, '+15005550102');
    expect(await customersOf(second.demo)).toEqual(['+15005550101', '+15005550102']);
  });

  test('leaves nothing behind when it is killed, and starts again at once', async () => {
    const dataDir = await makeDataDir();
    const ports = { PORT: String(await findFreePort()), SIMULATOR_PORT: String(await findFreePort()) };
    const first = await start(dataDir, ports);
    await expectContact(first.demo, '+15005550101');
    const pids = await pidsOf(dataDir);
    first.child.kill('SIGKILL');

    const second = await start(dataDir, ports);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(second.demo).toMatchObject({ baseUrl: first.demo['baseUrl'], simulatorUrl: first.demo['simulatorUrl'] });
    await expectContact(second.demo, '+15005550102');
    expect(await customersOf(second.demo)).toEqual(['+15005550101', '+15005550102']);

    const later = await pidsOf(dataDir);
    second.child.kill('SIGKILL');
    await eventually('the end of what it started', () => !later.some(isAlive));
  });

  test('leaves nothing behind when it is stopped on its way up', async () => {
    const dataDir = await makeDataDir();
    const starting = startDemo({ DATA_DIR: dataDir }).catch((error: unknown) => error);
    const servicePid = await eventually('the service', () => noted(dataDir, 'service'));
    const demoPid = noted(dataDir, 'demo')!;
    process.kill(-demoPid, 'SIGINT');
    expect(await starting).toBeInstanceOf(Error);
    await eventually('the end of the service', () => !isAlive(servicePid), 30_000);
    expect(isAlive(noted(dataDir, 'simulator')!)).toBe(false);
    expect(findEmbeddedPostgres(dataDir)).toBeNull();
  });

  test('refuses a data folder on which another one runs', async () => {
    const dataDir = await makeDataDir();
    const { child, demo } = await start(dataDir);
    await expect(startDemo({ DATA_DIR: dataDir })).rejects.toThrow(
      `The demo runs on ${dataDir} already (process ${child.pid}). Stop it, or set DATA_DIR to another folder.`,
    );
    await expectContact(demo, '+15005550101');
  });
});

async function makeDataDir(): Promise<string> {
  const folder = await makeTemporaryFolder('demo');
  cleanUps.push(folder.remove, () => killEmbeddedPostgres(folder.path));
  return folder.path;
}

async function start(dataDir: string, env: Record<string, string> = {}): Promise<DemoProcess> {
  const demo = await startDemo({ ...env, DATA_DIR: dataDir });
  cleanUps.push(demo.stop);
  return demo;
}

const apiOf = (demo: DemoProcess['demo']): Api => new Api(demo['baseUrl']!, demo['apiKey']!);

async function customersOf(demo: DemoProcess['demo']): Promise<string[]> {
  const { data } = expectStatus(await apiOf(demo).get<ContactPageDto>('contacts'), 200);
  return data.map(({ ani }) => ani).toSorted();
}

async function expectContact(demo: DemoProcess['demo'], from: string): Promise<void> {
  const simulator = { url: demo['simulatorUrl']! };
  expect((await sendSms({ simulator }, { from })).deliveries).toMatchObject([{ status: 200 }]);
  await eventually('a contact', async () => (await customersOf(demo)).includes(from));
}

/** The service, the simulator and PostgreSQL. */
async function pidsOf(dataDir: string): Promise<number[]> {
  const postgres = findEmbeddedPostgres(dataDir);
  return [noted(dataDir, 'service')!, noted(dataDir, 'simulator')!, postgres!.pid];
}

function noted(dataDir: string, name: 'demo' | 'service' | 'simulator'): number | null {
  try {
    return Number(readFileSync(join(dataDir, `${name}.pid`), 'utf8')) || null;
  } catch {
    return null;
  }
}

/** A port on which another program listens until the end of the test. */
async function takePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => server.close());
  return (server.address() as AddressInfo).port;
}
