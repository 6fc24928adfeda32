import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { newId } from '../common/ids.js';
import { makeApiKey } from './api-key-secret.js';
import { SCOPES } from './scopes.js';

// Any number, the same in each process: of several that start at once, one makes the account.
const FIRST_ACCOUNT_LOCK = 7_266_311;

/**
 * Makes the first account and an API key with every scope, when there is no account yet.
 * @returns the file (mode 0600) that holds the key; null when the account was there before
 */
export function ensureFirstAccount(dataSource: DataSource, dataDir: string): Promise<string | null> {
  return dataSource.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [FIRST_ACCOUNT_LOCK]);
    const [{ exists }] = await manager.query('SELECT EXISTS (SELECT FROM accounts)');
    if (exists) return null;

    const accountId = newId();
    const { keyId, secretHash, key } = makeApiKey();
    await manager.query('INSERT INTO accounts (id, name) VALUES ($1, $2)', [accountId, 'Main']);
    await manager.query(
      'INSERT INTO api_keys (id, account_id, name, key_id, secret_hash, scopes) VALUES ($1, $2, $3, $4, $5, $6)',
      [newId(), accountId, 'First key', keyId, secretHash, SCOPES],
    );
    // Before the commit: a key that nobody can read must not be the only one.
    const file = join(dataDir, 'first-api-key');
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, `${key}\n`, { mode: 0o600 });
    return file;
  });
}
