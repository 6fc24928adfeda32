import { makeApiKey } from '../../src/access/api-key-secret.js';
import { type Scope, SCOPES } from '../../src/access/scopes.js';
import type { DataSource } from 'typeorm';
import { newId } from '../../src/common/ids.js';
import { Api } from './api.ts';

/** A running service with its database, such as a TestApp. */
interface Service {
  url: string;
  dataSource: DataSource;
}

/** Another tenant, with a key that has every scope. There is no route that makes one. */
export async function buildAccount(app: Service): Promise<{ id: string; api: Api }> {
  const id = newId();
  await app.dataSource.query('INSERT INTO accounts (id, name) VALUES ($1, $2)', [id, 'Another']);
  return { id, api: await buildApiKey(app, id) };
}

/** The API as somebody sees it who has a key of this account. */
export async function buildApiKey(app: Service, accountId: string, scopes: readonly Scope[] = SCOPES): Promise<Api> {
  const { keyId, secretHash, key } = makeApiKey();
  await app.dataSource.query(
    'INSERT INTO api_keys (id, account_id, name, key_id, secret_hash, scopes) VALUES ($1, $2, $3, $4, $5, $6)',
    [newId(), accountId, 'Test key', keyId, secretHash, scopes],
  );
  return new Api(app.url, key);
}

/** The account that a first start makes; `app.api` is its. */
export async function firstAccountId({ dataSource }: Pick<Service, 'dataSource'>): Promise<string> {
  const [{ id }] = await dataSource.query('SELECT id FROM accounts ORDER BY created_at LIMIT 1');
  return id;
}
