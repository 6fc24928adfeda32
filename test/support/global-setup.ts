import { startTemporaryPostgres } from '../stack/postgres-server.ts';

/** Starts one PostgreSQL server for the whole run; each spec file creates its own database on it. */
export default async function globalSetup(): Promise<void> {
  const server = await startTemporaryPostgres();
  process.env['TEST_POSTGRES_URL'] = server.url;
  Object.assign(globalThis, { stopTestPostgres: server.stop });
}
