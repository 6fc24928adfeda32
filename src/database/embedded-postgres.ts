import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, realpath } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { installedBinaries, prepareBinaries } from './embedded-postgres-binaries.js';
import { type Cluster, initialise, loadPassword, setAside } from './embedded-postgres-data.js';
import { exists } from './embedded-postgres-files.js';
import { findServer, removeForeignPidFile, type RunningServer, stopServer } from './embedded-postgres-process.js';
import { asServer, chooseHome, chooseUser } from './embedded-postgres-user.js';

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
  /** Started by an earlier process, which may be working with it. */
  wasRunning: boolean;
  stop(): Promise<void>;
}

const DATABASE = 'sms_inbound';
const MAX_LOG_BYTES = 10 * 1024 * 1024;
const START_TIMEOUT_MS = 120_000;

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
  return {
    url: urlOf(cluster, server.port),
    port: server.port,
    wasRunning: server.wasRunning,
    stop: () => stopServer(cluster, server.pid),
  };
}

/**
 * No lock of ours: of two starts at once PostgreSQL's own lets one server live (postmaster.pid, and shared memory keyed by the
 * folder), and the other start finds that one here.
 */
async function reachServer(
  cluster: Cluster,
  port: number | undefined,
  log: (line: string) => void,
): Promise<RunningServer & { wasRunning: boolean }> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let attempt: Attempt | undefined;
  while (Date.now() < deadline) {
    const server = await findServer(cluster.data);
    if (server?.isReady && (await ensureDatabase(cluster, server.port))) {
      const wasRunning = server.pid !== attempt?.pid;
      const how = wasRunning ? 'was running already, adopted' : 'started';
      log(`PostgreSQL ${how}: 127.0.0.1:${server.port}, data in ${cluster.data}`);
      return { ...server, wasRunning };
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

/** False when the server is on its way down. */
async function ensureDatabase(cluster: Cluster, port: number): Promise<boolean> {
  try {
    await query(urlOf(cluster, port), 'SELECT 1');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '57P03' || code === 'ECONNREFUSED' || code === 'ECONNRESET') return false;
    if (code === '28P01') {
      throw new Error(`The password of ${cluster.data} is not the one in postgres-password.`, { cause: error });
    }
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

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
