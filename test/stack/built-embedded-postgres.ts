import { join } from 'node:path';
import type * as EmbeddedPostgres from '../../src/database/embedded-postgres.js';

/** The built file: programs that Node runs by itself, without Jest, cannot load the sources of the service. */
export const loadBuiltEmbeddedPostgres = async (): Promise<typeof EmbeddedPostgres> =>
  (await import(join(import.meta.dirname, '../../dist/database/embedded-postgres.js'))) as typeof EmbeddedPostgres;
