import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePorts } from '../../scripts/free-port.ts';
import { startSimulatorProcess } from '../../scripts/simulator-process.ts';
import type { RunningSimulator } from '../../simulator/src/simulator.ts';
import { readFirstApiKey } from '../stack/built-service.ts';
import { PostgresServer } from '../stack/postgres-server.ts';
import { type Line, startProxies } from '../stack/proxies.ts';
import type { QueuePlace } from '../stack/queue-connection.ts';
import { startTestRedis, type TestRedis } from '../stack/redis-server.ts';
import { sharedSettings } from '../stack/shared-settings.ts';
import { mountSmallDisk, type SmallDisk } from '../stack/small-disk.ts';
import { startSynchronousStandby } from '../stack/standby.ts';
import { SupervisedProcess } from '../stack/supervised-process.ts';
import { makeFolderUntilExit } from '../stack/temporary-folder.ts';
import { Api } from '../support/api.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';

export interface StackOptions {
  queue: 'postgres' | 'redis';
  /** Of the build to run. */
  main: string;
  /** PostgreSQL on a disk of its own that can be filled, with a standby that can take over. */
  isFragile: boolean;
  /** Where the processes write what they have to say. */
  logFolder: string;
}

/** The service as it runs in production, all on this machine, with what it needs and what can break in between. */
export interface Stack {
  postgres: PostgresServer;
  standby: PostgresServer | null;
  disk: SmallDisk | null;
  redis: TestRedis | null;
  simulator: RunningSimulator;
  lines: { postgres: Line; redis: Line | null; twilio: Line };
  processes: { api: SupervisedProcess[]; worker: SupervisedProcess[]; scheduler: SupervisedProcess[] };
  api: Api;
  numbers: readonly string[];
  stop(): Promise<void>;
}

export const CONSUMER = 'faults';
/** How many of each role. */
export const PROCESSES = { api: 2, worker: 2, scheduler: 1 };
const NUMBERS = ['+15005550006', '+5511955550001', '+390620004000'];
const SMALL_DISK_MB = 400;

export async function startStack({ queue, main, isFragile, logFolder }: StackOptions): Promise<Stack> {
  const folder = await makeFolderUntilExit('faults');
  const postgresFolder = join(folder.path, 'primary');
  const disk = isFragile ? await mountSmallDisk(postgresFolder, SMALL_DISK_MB) : null;
  const postgres = new PostgresServer(postgresFolder);
  await postgres.start();
  const standby = isFragile ? await startSynchronousStandby(postgres, join(folder.path, 'standby')) : null;
  const redis = queue === 'redis' ? await startTestRedis() : null;
  const simulator = await startSimulatorProcess();
  const ports = await findFreePorts(Object.values(PROCESSES).reduce((sum, count) => sum + count, 0));
  const proxies = await startProxies({
    serverUrls: { postgres: postgres.url, twilio: simulator.url, ...(redis && { redis: redis.url }) },
    apiPorts: ports.slice(0, PROCESSES.api),
  });
  const lines = {
    postgres: proxies.lineTo('postgres'),
    redis: redis && proxies.lineTo('redis'),
    twilio: proxies.lineTo('twilio'),
  };
  await mkdir(logFolder, { recursive: true });
  const spoolFolder = join(folder.path, 'spool');
  await mkdir(spoolFolder);
  const env = {
    ...sharedSettings({
      databaseUrl: lines.postgres.url,
      redisUrl: lines.redis?.url,
      twilioUrl: lines.twilio.url.replace(/\/$/, ''),
      publicUrl: proxies.balancerUrl,
      dataDir: folder.path,
    }),
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    DATABASE_POOL_SIZE: '5',
    SMS_PER_SECOND: '50',
    SWEEP_SECONDS: '1',
    SPOOL_DIR: spoolFolder,
    SPOOL_DURABLE: 'true',
  };
  const build = (role: keyof typeof PROCESSES): SupervisedProcess[] =>
    Array.from({ length: PROCESSES[role] }, (_, i) => {
      const name = `${role}-${i + 1}`;
      const own = { ...env, ROLES: role, PORT: String(ports.shift()!) };
      return new SupervisedProcess({ name, main, env: own, logFile: join(logFolder, `${name}.log`) });
    });
  const processes = { api: build('api'), worker: build('worker'), scheduler: build('scheduler') };
  // The first makes the schema and the first account; together they would wait for each other anyway.
  const [first, ...others] = Object.values(processes).flat() as [SupervisedProcess, ...SupervisedProcess[]];
  await first.start();
  await Promise.all(others.map((other) => other.start()));
  const api = new Api(proxies.balancerUrl, await readFirstApiKey(folder.path));
  await setUp({ api, simulator });
  const stack: Stack = {
    postgres,
    standby,
    disk,
    redis,
    simulator,
    lines,
    processes,
    api,
    numbers: NUMBERS,
    stop: async () => {
      await Promise.all(Object.values(processes).flatMap((all) => all.map((each) => each.stop())));
      await proxies.stop();
      await simulator.close();
      await redis?.stop();
      await stack.standby?.end();
      await stack.postgres.end();
      await disk?.unmount();
      await folder.remove();
    },
  };
  return stack;
}

/** Straight to the server: what reads the queues is no part of what may break. */
export const queuePlaceOf = ({ redis, postgres }: Stack): QueuePlace =>
  redis ? { redisUrl: redis.url } : { databaseUrl: postgres.url };

async function setUp(stack: Pick<Stack, 'api' | 'simulator'>): Promise<void> {
  await connectTelephony(stack);
  const campaignId = (await buildCampaign(stack, { languages: ['en-US'] })).id;
  for (const phoneNumber of NUMBERS) await buildEntryPoint(stack, { campaignId, phoneNumber });
  expectStatus(await stack.api.put(`consumers/${CONSUMER}`, {}), 200);
}
