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

// Only the binaries of the package `embedded-postgres` are used. Its class prints to the console, rejects with undefined, stops
// the server in an exit hook, does not adopt a running server, and supports no user but `postgres`.

export interface EmbeddedPostgresOptions {
  dataDir: string;
  /** By default a free one. A server that is already running keeps its own port. */
  port?: number;
  log: (line: string) => void;
  /** The folder of the package `@embedded-postgres/<platform>`, for tests. */
  binaries?: string;
}

export interface EmbeddedPostgres {
  url: string;
  port: number;
  /** Whether an earlier process started it; that process may still be using it. */
  wasRunning: boolean;
  stop(): Promise<void>;
}

const DATABASE = 'sms_inbound';
const MAX_LOG_BYTES = 10 * 1024 * 1024;
const START_TIMEOUT_MS = 120_000;

/**
 * Starts our own PostgreSQL server under `dataDir`, on 127.0.0.1 only, or adopts the one that a killed process left running. It
 * has a session of its own, so that Ctrl-C does not reach it before `stop()` does.
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
      throw new Error(
        `${passwordFile} is missing: restore it, or move ${cluster.data} away to start with a new database.`,
      );
    }
    await setAside(cluster, log); // somebody emptied the data folder to start with a new database
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
 * Needs no lock: if two processes start a server at the same time, PostgreSQL's own locks (postmaster.pid, and shared memory
 * keyed by the folder) let only one server live, and the other process finds that one here.
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
      const how = wasRunning ? 'was already running' : 'started';
      log(`PostgreSQL ${how}: 127.0.0.1:${server.port}, data in ${cluster.data}`);
      return { ...server, wasRunning };
    }
    if (!server && (!attempt || attempt.hasExited())) {
      if (attempt) await attempt.throwUnlessTransient(port);
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
  throwUnlessTransient(port: number | undefined): Promise<void>;
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
    throwUnlessTransient: async (wantedPort) => {
      const lines = await lastLines();
      const isTransient =
        /lock file "postmaster.pid" (already exists|is empty)/.test(lines) || // another start was faster
        /pre-existing shared memory block/.test(lines) || // children of a killed server are about to exit
        (wantedPort === undefined && /could not bind/.test(lines)); // another process took the free port
      if (!isTransient) throw new Error(`PostgreSQL did not start (${cluster.logFile}):\n${lines}`);
      await sleep(100);
    },
  };
}

/** @returns false when the server is shutting down */
async function ensureDatabase(cluster: Cluster, port: number): Promise<boolean> {
  try {
    await query(urlOf(cluster, port), 'SELECT 1');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '57P03' || code === 'ECONNREFUSED' || code === 'ECONNRESET') return false;
    if (code === '28P01') {
      throw new Error(
        `The password in postgres-password is not the one of ${cluster.data}: restore the file, or move that folder away.`,
        { cause: error },
      );
    }
    if (code !== '3D000') throw error;
    await query(urlOf(cluster, port, 'postgres'), `CREATE DATABASE ${DATABASE}`).catch((failure: { code?: string }) => {
      const exists = failure.code === '42P04' || failure.code === '23505'; // another start was faster
      if (!exists) throw failure;
    });
  }
  return true;
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  client.on('error', () => undefined); // the query also rejects
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
