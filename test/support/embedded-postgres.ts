import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded-postgres.js';

export const isRoot = process.getuid?.() === 0;
/** What a test leaves behind; `cleanUp()` does them after it, the last one first. */
export const cleanUps: (() => unknown)[] = [];

export async function cleanUp(): Promise<void> {
  for (const each of cleanUps.splice(0).toReversed()) await each();
}

export async function makeFolder(mode = 0o711): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sms-inbound-embedded-')));
  cleanUps.push(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }));
  await chmod(folder, mode);
  return folder;
}

export async function start(
  dataDir: string,
  options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, ...options });
  cleanUps.push(() => server.stop());
  return server;
}

export function spawnProgram(dataDir: string, ...more: string[]): ChildProcess {
  const program = join(import.meta.dirname, 'embedded-postgres.process.ts');
  const child = spawn(process.execPath, [program, dataDir, ...more], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanUps.push(() => kill(child));
  return child;
}

export async function startProgram(
  dataDir: string,
  ...more: string[]
): Promise<{ child: ChildProcess; url: string; port: number }> {
  const child = spawnProgram(dataDir, ...more);
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { url: string; port: number }) };
}

/** Its process group with it, so that an initdb under way dies too. The server is in a session of its own. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid!, 'SIGKILL');
  await exitOf(child);
}

export async function exitOf(child: ChildProcess): Promise<{ code: number | null }> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return { code: child.exitCode };
}

export async function serverPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Data with a table `kept`, and the postmaster.pid of a server that is no more. */
export async function leaveStalePidFile(
  dataDir: string,
  choosePid: (dataDir: string) => Promise<number>,
): Promise<string> {
  const server = await start(dataDir);
  await ask(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n');
  await server.stop();
  const stale = [await choosePid(dataDir), ...rest].join('\n');
  await writeFile(pidFile, stale);
  return stale;
}

export async function deadPid(): Promise<number> {
  const child = spawn('true');
  await exitOf(child);
  return child.pid!;
}

/** Of the server's user: that is where PostgreSQL takes any program for a server. */
export async function foreignPid(dataDir: string): Promise<number> {
  const { uid, gid } = await stat(join(dataDir, 'postgres'));
  const child = spawn('sleep', ['600'], { cwd: '/', ...(isRoot ? { uid, gid } : {}) });
  cleanUps.push(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child.pid!;
}

export async function copyBinaries(folder: string): Promise<string> {
  const { postgres } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { postgres: string };
  const copy = join(folder, 'binaries');
  await mkdir(copy);
  await cp(dirname(dirname(dirname(postgres))), copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

export async function removeSymlinks(binaries: string): Promise<{ path: string; to: string }[]> {
  const entries = await readdir(join(binaries, 'native', 'lib'), { withFileTypes: true });
  const paths = entries.filter((entry) => entry.isSymbolicLink()).map((entry) => join(entry.parentPath, entry.name));
  const links = await Promise.all(paths.map(async (path) => ({ path, to: await readlink(path) })));
  for (const { path } of links) await rm(path);
  return links;
}

export async function ask(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return ((await client.query(sql)).rows as Record<string, unknown>[])[0] ?? {};
  } finally {
    await client.end();
  }
}
