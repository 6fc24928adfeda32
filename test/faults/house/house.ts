import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../../../scripts/service-process.ts';
import { makeTemporaryFolder } from '../../../scripts/temporary-folder.ts';
import type { RunningSimulator } from '../../../simulator/src/simulator.ts';
import { Api } from '../../support/api.ts';
import { readFirstApiKey } from '../../support/built-service.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../../support/factories.ts';
import { atExit } from './at-exit.ts';
import { type Line, openLines } from './lines.ts';
import { PostgresServer } from './postgres.ts';
import { RedisServer } from './redis.ts';
import { startSimulatorProcess } from './simulator-process.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';
import { startSynchronousStandby } from './standby.ts';
import { SupervisedProcess } from './supervised-process.ts';

export interface HouseOptions {
  queue: 'postgres' | 'redis';
  /** Of the build to run. */
  main: string;
  /** PostgreSQL on a disk of its own that can be filled, with a standby that can take over. */
  isFragile: boolean;
  /** Where the processes write what they have to say. */
  logFolder: string;
}

/** The service as it runs in production, all on this machine, with what it needs and what can break in between. */
export interface House {
  postgres: PostgresServer;
  standby: PostgresServer | null;
  disk: SmallDisk | null;
  redis: RedisServer | null;
  simulator: RunningSimulator;
  lines: { postgres: Line; redis: Line | null; twilio: Line };
  processes: { api: SupervisedProcess[]; worker: SupervisedProcess[]; scheduler: SupervisedProcess[] };
  api: Api;
  numbers: readonly string[];
  close(): Promise<void>;
}

export const CONSUMER = 'faults';
/** How many of each role. */
export const PROCESSES = { api: 2, worker: 2, scheduler: 1 };
const NUMBERS = ['+15005550006', '+5511955550001', '+390620004000'];
const SMALL_DISK_MB = 400;

export async function buildHouse({ queue, main, isFragile, logFolder }: HouseOptions): Promise<House> {
  const folder = await makeTemporaryFolder('faults');
  const forget = atExit(() => rmSync(folder.path, { recursive: true, force: true, maxRetries: 5 }));
  const postgresFolder = join(folder.path, 'primary');
  const disk = isFragile ? await mountSmallDisk(postgresFolder, SMALL_DISK_MB) : null;
  const postgres = new PostgresServer(postgresFolder);
  await postgres.start();
  const standby = isFragile ? await startSynchronousStandby(postgres, join(folder.path, 'standby')) : null;
  const redis = queue === 'redis' ? await RedisServer.start(join(folder.path, 'redis')) : null;
  const simulator = await startSimulatorProcess();
  const ports = await Promise.all(
    Object.values(PROCESSES).flatMap((count) => Array.from({ length: count }, () => findFreePort())),
  );
  const network = await openLines({
    serverUrls: { postgres: postgres.url, twilio: simulator.url, ...(redis && { redis: redis.url }) },
    doorPorts: ports.slice(0, PROCESSES.api),
  });
  const lines = { postgres: network.of('postgres'), redis: redis && network.of('redis'), twilio: network.of('twilio') };
  await mkdir(logFolder, { recursive: true });
  const spoolFolder = join(folder.path, 'spool');
  await mkdir(spoolFolder);
  const env = { ...environmentOf(lines, network.doorUrl, folder.path), SPOOL_DIR: spoolFolder, SPOOL_DURABLE: 'true' };
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
  const api = new Api(network.doorUrl, await readFirstApiKey(folder.path));
  await setUp({ api, simulator });
  const house: House = {
    postgres,
    standby,
    disk,
    redis,
    simulator,
    lines,
    processes,
    api,
    numbers: NUMBERS,
    close: async () => {
      await Promise.all(Object.values(processes).flatMap((all) => all.map((each) => each.stop())));
      await network.close();
      await simulator.close();
      await redis?.stop();
      await house.standby?.end();
      await house.postgres.end();
      await disk?.unmount();
      await folder.remove();
      forget();
    },
  };
  return house;
}

function environmentOf({ postgres, redis, twilio }: House['lines'], publicUrl: string, dataDir: string) {
  return {
    DATABASE_URL: postgres.url,
    ...(redis && { REDIS_URL: redis.url }),
    TWILIO_API_BASE_URL: twilio.url.replace(/\/$/, ''),
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    DATABASE_POOL_SIZE: '5',
    SMS_PER_SECOND: '50',
    SWEEP_SECONDS: '1',
    LOG_LEVEL: 'warn',
  };
}

async function setUp(house: Pick<House, 'api' | 'simulator'>): Promise<void> {
  await connectTelephony(house);
  const campaignId = (await buildCampaign(house, { languages: ['en-US'] })).id;
  for (const phoneNumber of NUMBERS) await buildEntryPoint(house, { campaignId, phoneNumber });
  expectStatus(await house.api.put(`consumers/${CONSUMER}`, {}), 200);
}
