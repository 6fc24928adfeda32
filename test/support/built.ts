import { join } from 'node:path';

type EmbeddedPostgresModule = typeof import('../../src/database/embedded-postgres.js');

/** Loads the built file, since programs that run on Node without Jest cannot load the sources of the service. */
export const loadBuiltEmbeddedPostgres = async (): Promise<EmbeddedPostgresModule> =>
  (await import(join(import.meta.dirname, '../../dist/database/embedded-postgres.js'))) as EmbeddedPostgresModule;
