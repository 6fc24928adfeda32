import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, MoreThan, Repository } from 'typeorm';
import { AuditLogService } from '../access/audit-log.service.js';
import type { Caller } from '../access/caller.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../common/cursor-page.js';
import { violatesUnique } from '../common/database-errors.js';
import { newId } from '../common/ids.js';
import { conflict, notFound } from '../common/problem.js';
import { refuseChangedMeanwhile } from '../common/version-tag.js';
import {
  type CannedReplyDto,
  type CreateCannedReplyDto,
  presentCannedReply,
  SHORTCUT,
  type UpdateCannedReplyDto,
} from './canned-reply.dto.js';
import { CannedReply } from './canned-reply.entity.js';

/** Texts that agents have ready. */
@Injectable()
export class CannedRepliesService {
  constructor(
    @InjectRepository(CannedReply) private readonly replies: Repository<CannedReply>,
    private readonly auditLog: AuditLogService,
  ) {}

  async list(accountId: string, { limit, cursor }: PageQuery): Promise<Page<CannedReplyDto>> {
    const after = cursor && MoreThan(decodeCursor(cursor, SHORTCUT));
    const rows = await this.replies.find({
      where: { accountId, ...(after && { shortcut: after }) },
      order: { shortcut: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ shortcut }) => shortcut, presentCannedReply);
  }

  create(caller: Caller, { shortcut, text }: CreateCannedReplyDto): Promise<CannedReplyDto> {
    const reply = this.replies.create({ id: newId(), accountId: caller.accountId, shortcut, text });
    return this.replies.manager.transaction((manager) => this.save(manager, caller, reply, null));
  }

  /** @param ifMatch entity tags of which the current one must be one; undefined for whatever there is */
  update(caller: Caller, id: string, changes: UpdateCannedReplyDto, ifMatch?: string): Promise<CannedReplyDto> {
    return this.replies.manager.transaction(async (manager) => {
      const reply = await this.getLocked(manager, caller.accountId, id);
      refuseChangedMeanwhile(ifMatch, reply);
      const before = presentCannedReply(reply);
      return this.save(manager, caller, Object.assign(reply, changes, { version: reply.version + 1 }), before);
    });
  }

  async delete(caller: Caller, id: string, ifMatch?: string): Promise<void> {
    await this.replies.manager.transaction(async (manager) => {
      const { accountId } = caller;
      const reply = await this.getLocked(manager, accountId, id);
      refuseChangedMeanwhile(ifMatch, reply);
      await manager.delete(CannedReply, { accountId, id });
      const before = presentCannedReply(reply);
      await this.auditLog.record(manager, caller, {
        action: 'canned_reply.deleted',
        subject: subjectOf(before),
        before,
      });
    });
  }

  private async getLocked(manager: EntityManager, accountId: string, id: string): Promise<CannedReply> {
    const reply = await manager.findOne(CannedReply, {
      where: { accountId, id },
      lock: { mode: 'pessimistic_write' },
    });
    if (reply === null) throw notFound('canned reply');
    return reply;
  }

  private async save(
    manager: EntityManager,
    caller: Caller,
    reply: CannedReply,
    before: CannedReplyDto | null,
  ): Promise<CannedReplyDto> {
    try {
      const after = presentCannedReply(await manager.save(CannedReply, reply));
      const action = before === null ? 'canned_reply.created' : 'canned_reply.updated';
      await this.auditLog.record(manager, caller, { action, subject: subjectOf(after), before, after });
      return after;
    } catch (error) {
      if (!violatesUnique(error, 'canned_replies_shortcut')) throw error;
      throw conflict('shortcut_taken', 'There is already a canned reply "/{{shortcut}}". Choose another shortcut.', {
        shortcut: reply.shortcut,
      });
    }
  }
}

const subjectOf = ({ id, shortcut }: CannedReplyDto) => ({ id, name: `/${shortcut}` });
