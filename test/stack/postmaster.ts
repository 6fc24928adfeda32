import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';

/** PostgreSQL's file with the pid and the port of the server on the data in this folder. */
export const pidFileOf = (dataDir: string): string => join(dataDir, 'postgres', 'postmaster.pid');

/** The PostgreSQL server on the data in this folder, if it runs; it survives a kill -9 of the service that started it. */
export function findEmbeddedPostgres(dataDir: string): { pid: number; port: number } | null {
  const file = pidFileOf(dataDir);
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return isAlive(pid) ? { pid, port } : null;
}

/** kill -9 of the postmaster; what it commanded ends by itself. */
export async function killEmbeddedPostgres(dataDir: string): Promise<void> {
  const server = findEmbeddedPostgres(dataDir);
  if (server !== null) await endPostmaster(server.pid, 'SIGKILL');
}

export async function endPostmaster(pid: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal);
  await eventually('the end of PostgreSQL', () => !isAlive(pid), 60_000);
}

/** Whether a process runs; one that has ended and that nobody has asked about yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
