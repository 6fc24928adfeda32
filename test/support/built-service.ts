import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort, type ServiceProcess, startService } from '../../scripts/service-process.ts';
import { makeTemporaryFolder } from '../../scripts/temporary-folder.ts';
import { type RunningSimulator, startSimulator } from '../../simulator/src/simulator.ts';
import { Api } from './api.ts';
import { eventually } from './eventually.ts';

export interface BuiltService {
  url: string;
  /** Uses the first account's key, which has every scope. */
  api: Api;
  simulator: RunningSimulator;
  dataDir: string;
  process: ServiceProcess;
  databaseUrl(): Promise<string>;
  /** Sends SIGKILL. */
  kill(): Promise<void>;
  /** Starts the service again on the same data and port. */
  startAgain(): Promise<void>;
  /** Resolves with the exit code of the service. */
  stop(): Promise<number | null>;
}

/** Starts `dist/main.js` as a process, with the simulator as Twilio, and embedded PostgreSQL unless `env` names a database. */
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

/** The embedded PostgreSQL of this data folder, if it is running; it survives a kill -9 of the service. */
export async function findEmbeddedPostgres(dataDir: string): Promise<{ pid: number; port: number } | null> {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = (await readFile(file, 'utf8')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return isAlive(pid) ? { pid, port } : null;
}

/** Sends SIGKILL to the postmaster; its child processes then exit by themselves. */
export async function killEmbeddedPostgres(dataDir: string): Promise<void> {
  const server = await findEmbeddedPostgres(dataDir);
  if (server === null) return;
  process.kill(server.pid, 'SIGKILL');
  await eventually('the end of PostgreSQL', () => !isAlive(server.pid));
}

/** Whether a process is running; a zombie is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
