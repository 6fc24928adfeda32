import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { link, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { readIfExists, unless } from './embedded-postgres-files.js';

/** A server found by the postmaster.pid of its folder. */
export interface RunningServer {
  pid: number;
  port: number;
  isReady: boolean;
}

/**
 * The signals of `pg_ctl stop` with their timeouts: "smart", so that connections that were closed a moment ago are not
 * terminated with an error, then "fast", then "immediate".
 */
const STOP_SIGNALS = [
  ['SIGTERM', 1_000],
  ['SIGINT', 60_000],
  ['SIGQUIT', 60_000],
] as const;

const execute = promisify(execFile);

/** Lines of postmaster.pid: https://www.postgresql.org/docs/18/storage-file-layout.html, `miscadmin.h` LOCK_FILE_LINE_*. */
export async function findServer(data: string): Promise<RunningServer | undefined> {
  const lines = (await readIfExists(join(data, 'postmaster.pid')))?.split('\n');
  const pid = Number(lines?.[0]);
  if (!pid || !(await isServerOn(data, pid))) return undefined;
  return { pid, port: Number(lines?.[3]), isReady: lines?.[7]?.trim() === 'ready' };
}

async function isServerOn(data: string, pid: number): Promise<boolean> {
  if (process.platform === 'linux') {
    const words = (await readIfExists(`/proc/${pid}/cmdline`))?.split('\0') ?? [];
    return basename(words[0] ?? '') === 'postgres' && words.includes(data);
  }
  const words = await execute('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
  return words.includes('postgres') && words.includes(data);
}

/**
 * PostgreSQL itself ignores a postmaster.pid whose process is gone, but refuses to start when that pid now belongs to
 * another process of the same user, which is common in containers.
 */
export async function removeForeignPidFile(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const text = await readIfExists(file);
  const pid = Number(text?.split('\n')[0]);
  if (!text || !pid || !isAlive(pid) || (await isServerOn(data, pid))) return;
  const aside = `${file}.${randomBytes(4).toString('hex')}`;
  await rename(file, aside).catch(unless('ENOENT'));
  const moved = await readIfExists(aside);
  if (moved !== undefined && moved !== text) await link(aside, file).catch(unless('EEXIST')); // another start's new one
  await rm(aside, { force: true });
}

/** Does not use pg_ctl, which a second Ctrl-C would kill halfway. */
export async function stopServer({ data, logFile }: { data: string; logFile: string }, pid: number): Promise<void> {
  for (const [signal, timeoutMs] of STOP_SIGNALS) {
    const deadline = Date.now() + timeoutMs;
    if (await isServerOn(data, pid)) process.kill(pid, signal);
    while (Date.now() < deadline) {
      if (!(await isServerOn(data, pid))) return;
      await sleep(10);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop: see ${logFile}`);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
