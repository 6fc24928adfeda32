import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { decodeCursor, type Page, toPage, UUID_POSITION } from '../common/cursor-page.js';
import { newId } from '../common/ids.js';
import { toStorableText } from '../common/safe-text.js';
import type { AuditAction } from './audit-action.js';
import { type AuditEntryDto, type AuditLogQuery, presentAuditEntry } from './audit-entry.dto.js';
import { AuditEntry } from './audit-entry.entity.js';
import type { Caller } from './caller.js';
import { changedFields } from './changed-fields.js';

/** A change, with both sides as the API presents them, so that they contain no secrets. */
export interface Change {
  action: AuditAction;
  subject: { id: string; name: string };
  before?: object | null;
  after?: object | null;
}

@Injectable()
export class AuditLogService {
  constructor(@InjectRepository(AuditEntry) private readonly entries: Repository<AuditEntry>) {}

  /**
   * Records a change in the same transaction. An update that changed nothing is not recorded.
   * @param manager belongs to the transaction of the change
   */
  async record(manager: EntityManager, caller: Caller, { action, subject, ...sides }: Change): Promise<void> {
    const { before, after } = changedFields(sides.before ?? null, sides.after ?? null);
    if (action.endsWith('.updated') && Object.keys(after ?? {}).length === 0) return;
    const { accountId, userId = null, apiKeyId = null } = caller;
    await manager.query(
      `INSERT INTO audit_log (id, account_id, actor_kind, actor_id, actor_name, action, subject_id, subject_name, before, after)
       SELECT $1::uuid, $2::uuid, kind, actor.id, name, $5, $6, $7, $8::jsonb, $9::jsonb FROM (
         SELECT 'user', id, email FROM users WHERE account_id = $2 AND id = $3
         UNION ALL SELECT 'api_key', id, name FROM api_keys WHERE account_id = $2 AND id = $4
       ) AS actor (kind, id, name)`,
      [newId(), accountId, userId, apiKeyId, action, subject.id, subject.name, before, after],
    );
  }

  async list(accountId: string, query: AuditLogQuery): Promise<Page<AuditEntryDto>> {
    const { limit, cursor, action, actorId, subjectId, since, until } = query;
    const rows = this.entries.createQueryBuilder('entry').where('entry.accountId = :accountId', { accountId });
    if (action !== undefined) rows.andWhere('entry.action = :action', { action });
    if (actorId !== undefined) rows.andWhere('entry.actorId = :actorId', { actorId });
    if (subjectId !== undefined)
      rows.andWhere('entry.subjectId = :subjectId', { subjectId: toStorableText(subjectId) });
    if (since !== undefined) rows.andWhere('entry.at >= :since', { since });
    if (until !== undefined) rows.andWhere('entry.at < :until', { until });
    if (cursor !== undefined) rows.andWhere('entry.id < :before', { before: decodeCursor(cursor, UUID_POSITION) });
    const page = await rows
      .orderBy('entry.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    return toPage(page, limit, ({ id }) => id, presentAuditEntry);
  }
}
