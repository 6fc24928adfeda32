import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { startSimulator } from '../../simulator/src/simulator.ts';
import { ensureFirstAccount } from '../../src/access/first-account.js';
import { createApp } from '../../src/app.js';
import { loadEnvironment } from '../../src/config/load-environment.js';
import { migrate } from '../../src/database/prepare-database.js';
import { openQueueBackend } from '../../src/queue/queue-backend.js';
import { Api } from './api.ts';
import { loadMigrations } from './migrations.ts';
import { createTestDatabase } from './postgres.ts';

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

export interface TestApp {
  app: NestFastifyApplication;
  url: string;
  /** With the first account's key, which has every scope. */
  api: Api;
  dataSource: DataSource;
  databaseUrl: string;
  simulator: Simulator;
  stop(): Promise<void>;
}

/**
 * The application with real parts: its own database on the run's PostgreSQL, real migrations, the simulator as Twilio,
 * listening on a free port. On Redis when `env.REDIS_URL` is given.
 */
export async function startTestApp(env: Record<string, string> = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'sms-inbound-app-'));
  const simulator = await startSimulator({
    port: 0,
    host: '127.0.0.1',
    accountSid: `AC${'5150'.repeat(8)}`,
    authToken: undefined,
    stateFile: undefined,
  });
  const environment = loadEnvironment({
    PORT: String(await findFreePort()),
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    TWILIO_API_BASE_URL: simulator.url,
    LOG_LEVEL: 'silent',
    SWEEP_SECONDS: '1',
    ...env,
  });
  await migrate(database.url, await loadMigrations());
  const backend = await openQueueBackend(environment);
  const app = await createApp(environment, backend, pino({ level: environment.LOG_LEVEL }));
  const dataSource = app.get(DataSource);
  const keyFile = await ensureFirstAccount(dataSource, dataDir);
  await app.listen(environment.PORT, environment.HOST);
  const url = `http://127.0.0.1:${environment.PORT}`;
  return {
    app,
    url,
    api: new Api(url, (await readFile(keyFile!, 'utf8')).trim()),
    dataSource,
    databaseUrl: database.url,
    simulator,
    stop: async () => {
      await app.close();
      await backend.close();
      await simulator.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
