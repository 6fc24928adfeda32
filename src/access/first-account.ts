import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import { newId } from '../common/ids.js';
import { makeApiKey } from './api-key-secret.js';
import { hashPassword, makePassword } from './password.js';
import { SCOPES } from './scopes.js';

// An arbitrary number that is the same in every process, so that only one of several starting processes creates the account.
const FIRST_ACCOUNT_LOCK = 7_266_311;

const FIRST_ADMIN = 'admin@localhost';

/**
 * Creates the first account, with an API key that has every scope, if there is no account. Creates its admin if there is no
 * user, which also covers accounts that are older than users.
 * @returns the files (mode 0600) with the secrets of what was created
 */
export async function ensureFirstAccount(dataSource: DataSource, dataDir: string): Promise<string[]> {
  // Before the transaction, which PostgreSQL would end: on a busy machine a hash takes seconds.
  const password = (await isEmpty(dataSource.manager, 'users')) ? await makeHashedPassword() : null;
  return dataSource.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [FIRST_ACCOUNT_LOCK]);
    const keyFiles = (await isEmpty(manager, 'accounts')) ? await createAccount(manager, dataDir) : [];
    const isFirst = password !== null && (await isEmpty(manager, 'users'));
    const passwordFiles = isFirst ? await createAdmin(manager, dataDir, password) : [];
    return [...keyFiles, ...passwordFiles];
  });
}

async function isEmpty(manager: EntityManager, table: string): Promise<boolean> {
  const [{ exists }] = await manager.query(`SELECT EXISTS (SELECT FROM ${table})`);
  return !exists;
}

async function createAccount(manager: EntityManager, dataDir: string): Promise<string[]> {
  const accountId = newId();
  const { keyId, secretHash, key } = makeApiKey();
  await manager.query('INSERT INTO accounts (id, name) VALUES ($1, $2)', [accountId, 'Main']);
  await manager.query(
    'INSERT INTO api_keys (id, account_id, name, key_id, secret_hash, scopes) VALUES ($1, $2, $3, $4, $5, $6)',
    [newId(), accountId, 'First key', keyId, secretHash, SCOPES],
  );
  return [writeSecret(dataDir, 'first-api-key', key)];
}

interface HashedPassword {
  password: string;
  hash: string;
}

async function makeHashedPassword(): Promise<HashedPassword> {
  const password = makePassword();
  return { password, hash: await hashPassword(password) };
}

async function createAdmin(
  manager: EntityManager,
  dataDir: string,
  { password, hash }: HashedPassword,
): Promise<string[]> {
  await manager.query(
    `INSERT INTO users (id, account_id, email, password_hash, role, must_change_password)
     SELECT $1, id, $2, $3, 'admin', true FROM accounts ORDER BY created_at, id LIMIT 1`,
    [newId(), FIRST_ADMIN, hash],
  );
  return [writeSecret(dataDir, 'first-admin-password', password)];
}

/** Runs before the commit, because otherwise a failure would leave an account whose only key nobody knows. */
function writeSecret(dataDir: string, name: string, secret: string): string {
  const file = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  // `mode` above only applies to a new file.
  chmodSync(file, 0o600);
  return file;
}
