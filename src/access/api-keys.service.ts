import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, Repository } from 'typeorm';
import { decodeCursor, type Page, toPage, UUID_POSITION } from '../common/cursor-page.js';
import type { PageQuery } from '../common/cursor-page.js';
import { newId } from '../common/ids.js';
import { conflict, notFound, Problem } from '../common/problem.js';
import { makeApiKey, matchesHash, parseAuthorization } from './api-key-secret.js';
import { type ApiKeyDto, type CreateApiKeyDto, type CreatedApiKeyDto, presentApiKey } from './api-key.dto.js';
import { ApiKey } from './api-key.entity.js';
import type { Caller } from './caller.js';

const LAST_USED_RESOLUTION_MS = 60_000;

@Injectable()
export class ApiKeysService {
  constructor(@InjectRepository(ApiKey) private readonly apiKeys: Repository<ApiKey>) {}

  /** @throws Problem 401 in the same words whatever is wrong with the key */
  async authenticate(authorization: string | undefined): Promise<Caller> {
    const parts = parseAuthorization(authorization);
    const apiKey = parts && (await this.apiKeys.findOneBy({ keyId: parts.keyId, revokedAt: IsNull() }));
    if (!parts || !apiKey || !matchesHash(parts.secret, apiKey.secretHash)) {
      throw new Problem(401, 'unauthorized', 'Send a valid API key: "Authorization: Bearer sik_…".');
    }
    await this.touch(apiKey);
    return { accountId: apiKey.accountId, apiKeyId: apiKey.id, scopes: apiKey.scopes };
  }

  async list(accountId: string, { limit, cursor }: PageQuery): Promise<Page<ApiKeyDto>> {
    const before = cursor && LessThan(decodeCursor(cursor, UUID_POSITION));
    const rows = await this.apiKeys.find({
      where: { accountId, ...(before && { id: before }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => id, presentApiKey);
  }

  async create(accountId: string, { name, scopes }: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    const { keyId, secretHash, key } = makeApiKey();
    const apiKey = this.apiKeys.create({ id: newId(), accountId, name, keyId, secretHash, scopes });
    await this.apiKeys.insert(apiKey);
    return { ...presentApiKey(await this.apiKeys.findOneByOrFail({ id: apiKey.id })), key };
  }

  /** Revokes for good; the row stays, so that it can be told who had access when. */
  async revoke({ accountId, apiKeyId }: Caller, id: string): Promise<void> {
    if (id === apiKeyId) {
      throw conflict('api_key_in_use', 'This request was made with that very key. Revoke it with another one.');
    }
    const { affected } = await this.apiKeys.update({ accountId, id, revokedAt: IsNull() }, { revokedAt: new Date() });
    if (affected === 0) throw notFound('API key');
  }

  private async touch({ id, lastUsedAt }: ApiKey): Promise<void> {
    if (lastUsedAt && Date.now() - lastUsedAt.getTime() < LAST_USED_RESOLUTION_MS) return;
    await this.apiKeys.update({ id }, { lastUsedAt: new Date() });
  }
}
