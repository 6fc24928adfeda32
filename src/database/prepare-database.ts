import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { waitUntil, type Waiting } from '../common/waiting.js';
import type { Environment } from '../config/environment.js';
import { dataSourceOptions, type Migrations } from './data-source.js';
import { DatabaseLocation } from './database-location.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { takeMigrationLock } from './migration-lock.js';

const CONNECT_DEADLINE_MS = 60_000;
const LOCK_TIMEOUT_MS = 1_000;
const LOCK_PAUSE_MS = 1_000;
const MAX_LOCK_ATTEMPTS = 120;
const ATTEMPTS_PER_LOG_LINE = 10;
const LOCK_NOT_AVAILABLE = '55P03';

export interface PreparedDatabase {
  location: DatabaseLocation;
  /** Whether somebody else works with it: then it is not ours to stop. */
  wasRunning: boolean;
  stop(): Promise<void>;
}

/** Waits for the database that DATABASE_URL names, or starts the embedded one. */
export async function openDatabase(environment: Environment, waiting: Waiting): Promise<PreparedDatabase> {
  const { DATABASE_URL: url } = environment;
  if (url !== undefined) {
    await waitUntilReachable(url, waiting);
    return { location: new DatabaseLocation(url, false), wasRunning: true, stop: () => Promise.resolve() };
  }
  const embedded = await startEmbeddedPostgres({ dataDir: environment.DATA_DIR, log: waiting.log });
  // For people who want to look into it: psql "$(cat .data/database-url)".
  await writeFile(join(environment.DATA_DIR, 'database-url'), `${embedded.url}\n`, { mode: 0o600 });
  return { ...embedded, location: new DatabaseLocation(embedded.url, true) };
}

/** Migrates the schema; several processes may call it at the same time. */
export async function migrate(url: string, waiting: Waiting, migrations?: Migrations): Promise<void> {
  // No query timeout: the migration of a large table takes minutes.
  const extra = { lock_timeout: LOCK_TIMEOUT_MS };
  const dataSource = await new DataSource({ ...dataSourceOptions(url, 2, migrations), extra }).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await takeMigrationLock((sql, values) => runner.query(sql, values), waiting);
    await runMigrationsWithRetry(dataSource, waiting);
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}

/**
 * A session that waits for a table lock blocks every later query on that table, including the intake's inserts. So a
 * migration that does not get its lock within `LOCK_TIMEOUT_MS` gives up, lets those queries proceed, and tries again.
 */
async function runMigrationsWithRetry(dataSource: DataSource, { log, stopping }: Waiting): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await dataSource.runMigrations();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || attempt === MAX_LOCK_ATTEMPTS) throw error;
      if (attempt % ATTEMPTS_PER_LOG_LINE === 1) {
        log(
          'A migration is waiting for a table that other sessions use. It lets their queries run between its attempts.',
        );
      }
      await sleep(LOCK_PAUSE_MS, undefined, { signal: stopping });
    }
  }
}

async function waitUntilReachable(url: string, waiting: Waiting): Promise<void> {
  const deadline = Date.now() + CONNECT_DEADLINE_MS;
  let lastError = '';
  const isReachable = async (): Promise<boolean> => {
    const dataSource = new DataSource(dataSourceOptions(url, 1));
    try {
      await dataSource.initialize();
      await dataSource.destroy();
      return true;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      lastError = (error as Error).message;
      return false;
    }
  };
  await waitUntil(isReachable, waiting, () => `Waiting for the database (${lastError}).`);
}
