import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { findFreePort } from '../../scripts/free-port.ts';
import { startSimulator } from '../../simulator/src/simulator.ts';
import { createApp } from '../../src/server/create-app.js';
import { loadEnvironment } from '../../src/config/load-environment.js';
import { DatabaseLocation } from '../../src/database/database-location.js';
import { openQueueBackend } from '../../src/queue/queue-backend.js';
import { buildApiKey, firstAccountId } from './accounts.ts';
import type { Api } from './api.ts';
import { IN_SILENCE } from './in-silence.ts';
import { createMigratedDatabase } from './migrated-database.ts';
import { startTcpProxy, type TcpProxy } from '../stack/tcp-proxy.ts';

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

/** One process of the service, on the database and the simulator of a test. */
export interface TestProcess {
  app: NestFastifyApplication;
  url: string;
  dataSource: DataSource;
  stop(): Promise<void>;
}

export interface TestApp extends TestProcess {
  /** With the first account's key, which has every scope. */
  api: Api;
  /** Straight to the server, also when the app itself goes through a proxy. */
  databaseUrl: string;
  /** Between the app and its database, when asked for. */
  databaseProxy: TcpProxy | null;
  dataDir: string;
  simulator: Simulator;
}

/**
 * The application with real parts: its own database on the run's PostgreSQL, real migrations, the simulator as Twilio,
 * listening on a free port. On Redis when `env.REDIS_URL` is given.
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
  const place = { databaseUrl: databaseProxy?.url ?? database.url, dataDir, simulator };
  const process = await startTestProcess(place, env);
  return {
    ...process,
    api: await buildApiKey(process, await firstAccountId(process)),
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

/** One more process of the service beside that of a test app, or after it. */
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
    SWEEP_SECONDS: '0.5',
    // What a test counts or breaks at Twilio is the test's alone, unless it is about these checks.
    WEBHOOK_CHECK_MINUTES: '0',
    ...env,
  });
  const database = new DatabaseLocation(databaseUrl, false);
  const backend = await openQueueBackend(environment, database, IN_SILENCE);
  const app = await createApp(environment, database, backend, pino({ level: environment.LOG_LEVEL }));
  const dataSource = app.get(DataSource);
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
