import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadBuiltEmbeddedPostgres } from './built.ts';

const TERMINATION_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Starts a PostgreSQL server in a temporary folder; `stop()` removes both. */
export async function startTestPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sms-inbound-test-'));
  await chmod(dataDir, 0o711); // when root runs the tests, the server runs as another user, who needs access
  const { startEmbeddedPostgres } = await loadBuiltEmbeddedPostgres();
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined }).catch((error: unknown) => {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  });
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  // Ctrl-C on Jest skips the teardown and does not reach the server. On exit nothing can be awaited any more.
  const abandon = (): void => {
    process.kill(pid, 'SIGQUIT');
    const clock = new Int32Array(new SharedArrayBuffer(4));
    for (let tries = 0; existsSync(pidFile) && tries < 200; tries++) Atomics.wait(clock, 0, 0, 10);
    rmSync(dataDir, { recursive: true, force: true });
  };
  const exit = (): never => process.exit(1);
  process.once('exit', abandon);
  for (const signal of TERMINATION_SIGNALS) process.once(signal, exit);
  return {
    url: server.url,
    stop: async () => {
      process.off('exit', abandon);
      for (const signal of TERMINATION_SIGNALS) process.off(signal, exit);
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface TestDatabase {
  name: string;
  url: string;
  drop(): Promise<unknown>;
}

/** Creates a database for one spec file on this run's server: empty, or a copy of one without connections. */
export async function createTestDatabase(template = 'template1'): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await askServer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(testServerUrl());
  url.pathname = name;
  return { name, url: url.href, drop: () => askServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** Runs a query on this run's server. */
export const askServer = (sql: string): Promise<Record<string, unknown>[]> =>
  askDirectly(testServerUrl(), ({ query }) => query(sql));

function testServerUrl(): string {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url) return url;
  throw new Error(
    'TEST_POSTGRES_URL is not set: move this spec to a Jest project with a global setup, see jest.config.js',
  );
}

export interface DirectDatabase {
  query: (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  close: () => Promise<void>;
}

/** Opens a connection of the test itself, independent of the application. */
export async function openDirectly(url: string): Promise<DirectDatabase> {
  const client = new pg.Client(url);
  await client.connect();
  return {
    query: async (sql, values) => (await client.query(sql, values)).rows,
    close: () => client.end(),
  };
}

/** Opens such a connection only for `ask`. */
export async function askDirectly<T>(url: string, ask: (database: DirectDatabase) => Promise<T>): Promise<T> {
  const database = await openDirectly(url);
  try {
    return await ask(database);
  } finally {
    await database.close();
  }
}
