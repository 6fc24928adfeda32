import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.js';

/**
 * The keys for secrets at rest, with the one that encrypts first. They come from ENCRYPTION_KEYS or, without it, from
 * the file `encryption-key` in DATA_DIR, which is created with mode 0600 at the first start.
 */
export function loadEncryptionKeys(environment: Environment): Map<string, Buffer> {
  const text = environment.ENCRYPTION_KEYS ?? readOrCreateKeyFile(environment.DATA_DIR);
  return new Map(
    text.split(',').map((entry) => {
      const [id = '', key = ''] = entry.trim().split(':');
      return [id, Buffer.from(key, 'base64')] as const;
    }),
  );
}

function readOrCreateKeyFile(dataDir: string): string {
  const file = join(dataDir, 'encryption-key');
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, `k1:${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
