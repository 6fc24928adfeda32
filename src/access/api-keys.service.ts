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
import { AuditLogService } from './audit-log.service.js';
import type { Caller } from './caller.js';

const LAST_USED_RESOLUTION_MS = 60_000;

@Injectable()
export class ApiKeysService {
  constructor(
    @InjectRepository(ApiKey) private readonly apiKeys: Repository<ApiKey>,
    private readonly auditLog: AuditLogService,
  ) {}

  /** @throws Problem 401 with the same message, whatever is wrong with the key */
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

  async create(caller: Caller, { name, scopes }: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    const { keyId, secretHash, key } = makeApiKey();
    const apiKey = this.apiKeys.create({ id: newId(), accountId: caller.accountId, name, keyId, secretHash, scopes });
    return this.apiKeys.manager.transaction(async (manager) => {
      await manager.insert(ApiKey, apiKey);
      const after = presentApiKey(await manager.findOneByOrFail(ApiKey, { id: apiKey.id }));
      await this.auditLog.record(manager, caller, { action: 'api_key.created', subject: apiKey, after });
      return { ...after, key };
    });
  }

  /** Keeps the row, so that it stays known who had access and when. */
  async revoke(caller: Caller, id: string): Promise<void> {
    const { accountId, apiKeyId } = caller;
    if (id === apiKeyId) {
      throw conflict('api_key_in_use', 'This request was made with the same key. Use another key to revoke it.');
    }
    await this.apiKeys.manager.transaction(async (manager) => {
      const apiKey = await manager.findOne(ApiKey, {
        where: { accountId, id, revokedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (apiKey === null) throw notFound('API key');
      const revokedAt = new Date();
      await manager.update(ApiKey, { id }, { revokedAt });
      const before = presentApiKey(apiKey);
      const after = { ...before, revokedAt };
      await this.auditLog.record(manager, caller, { action: 'api_key.revoked', subject: apiKey, before, after });
    });
  }

  private async touch({ id, lastUsedAt }: ApiKey): Promise<void> {
    if (lastUsedAt && Date.now() - lastUsedAt.getTime() < LAST_USED_RESOLUTION_MS) return;
    await this.apiKeys.update({ id }, { lastUsedAt: new Date() });
  }
}
