import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { findFreePort } from '../../scripts/service-process.ts';
import { startSimulator } from '../../simulator/src/simulator.ts';
import { ensureFirstAccount } from '../../src/access/first-account.js';
import { createApp } from '../../src/server/create-app.js';
import { loadEnvironment } from '../../src/config/load-environment.js';
import { openQueueBackend } from '../../src/queue/queue-backend.js';
import { Api } from './api.ts';
import { IN_SILENCE } from './in-silence.ts';
import { createMigratedDatabase } from './migrated-database.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

/** One process of the service, with a test's database and simulator. */
export interface TestProcess {
  app: NestFastifyApplication;
  url: string;
  dataSource: DataSource;
  stop(): Promise<void>;
}

export interface TestApp extends TestProcess {
  /** Uses the first account's key, which has every scope. */
  api: Api;
  /** Leads directly to the server, even if the app itself uses a proxy. */
  databaseUrl: string;
  /** Between the app and its database, if `throughProxy` is set. */
  databaseProxy: TcpProxy | null;
  dataDir: string;
  simulator: Simulator;
}

/**
 * Starts the application with real parts: its own migrated database on the run's PostgreSQL, the simulator as Twilio, and
 * a free port. Its queues are on Redis if `env.REDIS_URL` is given.
 */
export async function startTestApp(env: Record<string, string> = {}, { throughProxy = false } = {}): Promise<TestApp> {
  const database = await createMigratedDatabase();
  const databaseProxy = throughProxy ? await startTcpProxy(database.url) : null;
  const dataDir = await mkdtemp(join(tmpdir(), 'sms-inbound-app-'));
  const simulator = await startSimulator({
    port: 0,
    host: '127.0.0.1',
    accountSid: `AC${'5150'.repeat(8)}`,
    authToken: undefined,
    stateFile: undefined,
  });
  const parts = { databaseUrl: databaseProxy?.url ?? database.url, dataDir, simulator };
  const process = await startTestProcess(parts, env);
  const keyFile = join(dataDir, 'first-api-key');
  return {
    ...process,
    api: new Api(process.url, (await readFile(keyFile, 'utf8')).trim()),
    databaseUrl: database.url,
    databaseProxy,
    dataDir,
    simulator,
    stop: async () => {
      await process.stop();
      await databaseProxy?.stop();
      await simulator.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts another process of the service beside that of a test app, or after it. */
export async function startTestProcess(
  { databaseUrl, dataDir, simulator }: Pick<TestApp, 'databaseUrl' | 'dataDir' | 'simulator'>,
  env: Record<string, string> = {},
): Promise<TestProcess> {
  const environment = loadEnvironment({
    PORT: String(await findFreePort()),
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    TWILIO_API_BASE_URL: simulator.url,
    LOG_LEVEL: 'silent',
    SWEEP_SECONDS: '1',
    // Background checks would disturb what tests count or break at Twilio; tests of these checks turn them on.
    WEBHOOK_CHECK_MINUTES: '0',
    ...env,
  });
  const backend = await openQueueBackend(environment, IN_SILENCE);
  const app = await createApp(environment, backend, pino({ level: environment.LOG_LEVEL }));
  const dataSource = app.get(DataSource);
  await ensureFirstAccount(dataSource, dataDir);
  await app.listen(environment.PORT, environment.HOST);
  return {
    app,
    url: `http://127.0.0.1:${environment.PORT}`,
    dataSource,
    stop: async () => {
      await app.close();
      await backend.close();
    },
  };
}
