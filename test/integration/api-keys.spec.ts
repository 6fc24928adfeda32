import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiKeyDto, ApiKeyPageDto, CreatedApiKeyDto } from '../../src/access/api-key.dto.js';
import type { CampaignPageDto } from '../../src/campaigns/campaign.dto.js';
import { buildAccount } from '../support/accounts.ts';
import { Api } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';

describe('API keys', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  const create = async (body: object = {}, api = app.api): Promise<CreatedApiKeyDto> =>
    expectStatus(
      await api.post<CreatedApiKeyDto>('api-keys', { name: 'Desk', scopes: ['campaigns:read'], ...body }),
      201,
    );

  test('the answer to the creation shows the key, and that key works at once', async () => {
    const { key, ...apiKey } = await create({ name: 'Agent desk', scopes: ['campaigns:read', 'contacts:read'] });
    expect(key).toBe(`sik_${apiKey.keyId}_${key.split('_').slice(2).join('_')}`);
    expect(apiKey).toMatchObject({
      name: 'Agent desk',
      scopes: ['campaigns:read', 'contacts:read'],
      lastUsedAt: null,
      revokedAt: null,
    });
    expect((await new Api(app.url, key).get<CampaignPageDto>('campaigns')).status).toBe(200);
  });

  test('no list ever shows a secret', async () => {
    const { id, key } = await create();
    const { body } = await app.api.get<ApiKeyPageDto>('api-keys');
    expect(body.data[0]).toMatchObject({ id, name: 'Desk' });
    expect(body.data[0]).not.toHaveProperty('key');
    expect(JSON.stringify(body)).not.toContain(secretOf(key));
  });

  test('the database holds a hash, and the secret nowhere', async () => {
    const { id, key } = await create();
    const [row] = await app.dataSource.query('SELECT * FROM api_keys WHERE id = $1', [id]);
    expect(row.secret_hash).toHaveLength(32);
    expect(JSON.stringify({ ...row, secret_hash: row.secret_hash.toString('latin1') })).not.toContain(secretOf(key));
  });

  test('its last use is noted', async () => {
    const { id, key } = await create();
    const before = Date.now();
    await new Api(app.url, key).get('campaigns');
    const { body } = await app.api.get<ApiKeyPageDto>('api-keys');
    const { lastUsedAt } = body.data.find((apiKey) => apiKey.id === id)!;
    expect(new Date(lastUsedAt!).getTime()).toBeGreaterThanOrEqual(before);
  });

  test('a revoked key is refused from that moment on, and stays in the list as revoked', async () => {
    const { id, key } = await create();
    const revoked = new Api(app.url, key);
    expect((await revoked.get('campaigns')).status).toBe(200);
    expectStatus(await app.api.delete(`api-keys/${id}`), 204);
    expect((await revoked.get('campaigns')).status).toBe(401);
    const { body } = await app.api.get<ApiKeyPageDto>('api-keys');
    expect(body.data.find((apiKey) => apiKey.id === id)!.revokedAt).toEqual(expect.any(String));
    expect(problemOf(await app.api.delete(`api-keys/${id}`)).status).toBe(404);
  });

  test('the key in use cannot be revoked with itself', async () => {
    const { id, key } = await create({ scopes: ['api-keys:write', 'api-keys:read'] });
    const self = new Api(app.url, key);
    expect(problemOf(await self.delete(`api-keys/${id}`))).toMatchObject({ status: 409, errorCode: 'api_key_in_use' });
    expect((await self.get('api-keys')).status).toBe(200);
  });

  test.each([
    ['no name', { name: '' }, 'name'],
    ['a name of 81 characters', { name: 'x'.repeat(81) }, 'name'],
    ['a scope that does not exist', { scopes: ['everything'] }, 'scopes'],
    ['no scope', { scopes: [] }, 'scopes'],
    ['a scope twice', { scopes: ['events:read', 'events:read'] }, 'scopes'],
    ['an unknown field', { secret: 'mine' }, 'secret'],
  ])('%s is refused by name', async (_, change, field) => {
    const answer = await app.api.post('api-keys', { name: 'Desk', scopes: ['events:read'], ...change });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
  });

  test('pages give each key exactly once, newest first', async () => {
    const { api } = await buildAccount(app);
    const made: string[] = [];
    for (let n = 0; n < 11; n++) made.push((await create({ name: `Key ${n}` }, api)).id);
    const pages = await readPages<ApiKeyDto>(api, 'api-keys?limit=5');
    expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
    const own = pages.flat().filter(({ name }) => name !== 'Test key');
    expect(own.map(({ id }) => id)).toEqual(made.toReversed());
  });
});

const secretOf = (key: string): string => key.slice('sik_'.length + 12 + 1);
