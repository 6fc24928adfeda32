import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../../scripts/free-port.ts';
import { type ServiceProcess, startService } from '../../scripts/service-process.ts';
import { makeTemporaryFolder } from '../../scripts/temporary-folder.ts';
import { type RunningSimulator, startSimulator } from '../../simulator/src/simulator.ts';
import { Api } from '../support/api.ts';
import { killEmbeddedPostgres } from './postmaster.ts';

export interface BuiltService {
  url: string;
  /** With the first account's key, which has every scope. */
  api: Api;
  simulator: RunningSimulator;
  dataDir: string;
  process: ServiceProcess;
  /** Of the database that it works on. */
  databaseUrl(): Promise<string>;
  /** kill -9. */
  kill(): Promise<void>;
  /** On the same data and port. */
  startAgain(): Promise<void>;
  /** Resolves with the exit code of the service. */
  stop(): Promise<number | null>;
}

/** `dist/main.js` as a process of its own, with the simulator as Twilio. On an embedded PostgreSQL unless given one. */
export async function startBuiltService(env: Record<string, string> = {}): Promise<BuiltService> {
  const folder = await makeTemporaryFolder('e2e');
  const dataDir = folder.path;
  const simulator = await startSimulator({ port: 0 });
  const settings = {
    PORT: String(await findFreePort()),
    DATA_DIR: dataDir,
    TWILIO_API_BASE_URL: simulator.url,
    LOG_LEVEL: 'warn',
    SWEEP_SECONDS: '1',
    ...env,
  };
  const start = (): Promise<ServiceProcess> =>
    startService({ env: settings, logFile: join(dataDir, 'service.log') }).catch(async (error: unknown) => {
      await killEmbeddedPostgres(dataDir);
      throw error;
    });
  let running = await start();
  return {
    url: running.url,
    api: new Api(running.url, await readFirstApiKey(dataDir)),
    simulator,
    dataDir,
    get process() {
      return running;
    },
    databaseUrl: async () => env['DATABASE_URL'] ?? (await readFile(join(dataDir, 'database-url'), 'utf8')).trim(),
    kill: () => running.kill(),
    startAgain: async () => {
      running = await start();
    },
    stop: async () => {
      const code = await running.stop();
      await simulator.close();
      await killEmbeddedPostgres(dataDir);
      await folder.remove();
      return code;
    },
  };
}

export async function readFirstApiKey(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'first-api-key'), 'utf8')).trim();
}
