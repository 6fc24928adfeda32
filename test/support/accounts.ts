import { makeApiKey } from '../../src/access/api-key-secret.js';
import { type Scope, SCOPES } from '../../src/access/scopes.js';
import { newId } from '../../src/common/ids.js';
import { Api } from './api.ts';
import type { TestApp } from './app.ts';

/** Creates another tenant in the database, since no route does, and a key that has every scope. */
export async function buildAccount(app: TestApp): Promise<{ id: string; api: Api }> {
  const id = newId();
  await app.dataSource.query('INSERT INTO accounts (id, name) VALUES ($1, $2)', [id, 'Another']);
  return { id, api: await buildApiKey(app, id) };
}

/** Creates an API key of an account. @returns the API as seen with this key */
export async function buildApiKey(app: TestApp, accountId: string, scopes: readonly Scope[] = SCOPES): Promise<Api> {
  const { keyId, secretHash, key } = makeApiKey();
  await app.dataSource.query(
    'INSERT INTO api_keys (id, account_id, name, key_id, secret_hash, scopes) VALUES ($1, $2, $3, $4, $5, $6)',
    [newId(), accountId, 'Test key', keyId, secretHash, scopes],
  );
  return new Api(app.url, key);
}

/** The account that the first start created; `app.api` has its key. */
export async function firstAccountId({ dataSource }: TestApp): Promise<string> {
  const [{ id }] = await dataSource.query('SELECT id FROM accounts ORDER BY created_at LIMIT 1');
  return id;
}
