import { startTemporaryPostgres } from '../stack/postgres-server.ts';

/** One PostgreSQL server for a whole run; each spec file makes its own database on it. */
export default async function globalSetup(): Promise<void> {
  const server = await startTemporaryPostgres();
  process.env['TEST_POSTGRES_URL'] = server.url;
  Object.assign(globalThis, { stopTestPostgres: server.stop });
}
