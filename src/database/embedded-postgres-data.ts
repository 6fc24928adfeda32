import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { link, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { exists, unless } from './embedded-postgres-files.js';
import { findServer, stopServer } from './embedded-postgres-process.js';
import { asServer, giveTo, type ServerUser } from './embedded-postgres-user.js';

/** A database on disk: its folder, the programs and the user that run it, its log file and its password. */
export interface Cluster {
  data: string;
  bin: string;
  user: ServerUser;
  logFile: string;
  password: string;
}

const HOUR_MS = 3_600_000;

const execute = promisify(execFile);

/** Builds the database in a temporary folder and renames that at the end, so that a killed start leaves no half-made database. */
export async function initialise(cluster: Cluster): Promise<void> {
  const home = dirname(cluster.data);
  await removeAbandoned(home);
  const work = await mkdtemp(join(home, 'postgres-init-'));
  try {
    const passwordFile = join(work, 'password');
    await writeFile(passwordFile, cluster.password, { mode: 0o600 });
    await giveTo(cluster.user, work, passwordFile);
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const login = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    await execute(
      join(cluster.bin, 'initdb'),
      ['-D', join(work, 'data'), ...login, ...locale],
      asServer(cluster.user),
    ).catch((error: { stderr?: string; message: string }) => {
      throw new Error(`initdb failed:\n${(error.stderr || error.message).trimEnd()}`);
    });
    await rename(join(work, 'data'), cluster.data).catch(async (error: unknown) => {
      // Another start was faster, and both took the same password from the file.
      if (!(await exists(join(cluster.data, 'PG_VERSION')))) {
        throw new Error(`${cluster.data} contains something that is not a database: move it away.`, { cause: error });
      }
    });
    const folder = await open(home);
    await folder.sync().finally(() => folder.close());
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function removeAbandoned(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith('postgres-init-') && !name.startsWith('postgres-copy-')) continue;
    const folder = join(home, name);
    const changedAt = await stat(folder).then(
      (stats) => stats.mtimeMs,
      () => Date.now(),
    );
    if (changedAt < Date.now() - HOUR_MS) await rm(folder, { recursive: true, force: true });
  }
}

/** If two processes start at the same time, both use the first one's password, since only one of them can link the file. */
export async function loadPassword(file: string): Promise<string> {
  if (!(await exists(file))) {
    const draft = `${file}.${randomBytes(4).toString('hex')}`;
    await writeFile(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    await link(draft, file).catch(unless('EEXIST'));
    await rm(draft);
  }
  return (await readFile(file, 'utf8')).trim();
}

export async function setAside(cluster: Cluster, log: (line: string) => void): Promise<void> {
  const server = await findServer(cluster.data);
  if (server) await stopServer(cluster, server.pid);
  await rm(`${cluster.data}.old`, { recursive: true, force: true });
  await rename(cluster.data, `${cluster.data}.old`);
  log(`The data folder was emptied, so its previous database was moved to ${cluster.data}.old`);
}
