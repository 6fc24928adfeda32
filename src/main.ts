// Where the process begins. What it imports is compiled once and kept: the next start loads it in two thirds of the time.
// Node's own NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE come before this.
import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { DEFAULT_DATA_DIR } from './config/data-dir.js';

const dataDir = process.env['DATA_DIR'] || DEFAULT_DATA_DIR;
const folder = join(dataDir, 'compile-cache');
try {
  mkdirSync(dataDir, { recursive: true });
  // Only for ourselves: what is in it is run.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  enableCompileCache(folder);
} catch (error) {
  process.emitWarning(`What is compiled cannot be kept, so each start takes its time: ${(error as Error).message}`);
}
await import('./server/start.js');
