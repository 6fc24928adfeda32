import { DataSource } from 'typeorm';
import { makeTemporaryFolder } from '../../scripts/temporary-folder.ts';
import { ensureFirstAccount } from '../../src/access/first-account.js';
import { loadEnvironment } from '../../src/config/load-environment.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { DatabaseLocation } from '../../src/database/database-location.js';
import { migrate } from '../../src/database/prepare-database.js';
import { openQueueBackend } from '../../src/queue/queue-backend.js';
import { IN_SILENCE } from './in-silence.ts';
import { loadMigrations } from './migrations.ts';
import { askServer, createTestDatabase, type TestDatabase } from './postgres.ts';

const TEMPLATE = 'migrated';

/**
 * A database with the tables of the service and of the queues, and with the first account, whose secrets nobody has.
 * They are made once in a run, then copied.
 */
export async function createMigratedDatabase(): Promise<TestDatabase> {
  const [found] = await askServer(`SELECT 1 FROM pg_database WHERE datname = '${TEMPLATE}'`);
  if (!found) await makeTemplate();
  return createTestDatabase(TEMPLATE);
}

async function makeTemplate(): Promise<void> {
  const { name, url } = await createTestDatabase();
  await migrate(url, IN_SILENCE, await loadMigrations());
  const backend = await openQueueBackend(loadEnvironment({}), new DatabaseLocation(url, false), IN_SILENCE);
  await backend.close();
  await makeFirstAccount(url);
  await askServer(`ALTER DATABASE ${name} RENAME TO ${TEMPLATE}`);
}

/** Here, since a password takes long to hash. */
async function makeFirstAccount(url: string): Promise<void> {
  const folder = await makeTemporaryFolder('first-account');
  const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
  await ensureFirstAccount(dataSource, folder.path);
  await dataSource.query('DELETE FROM api_keys');
  await dataSource.destroy();
  await folder.remove();
}
