import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, MoreThan, Repository } from 'typeorm';
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
  constructor(@InjectRepository(CannedReply) private readonly replies: Repository<CannedReply>) {}

  async list(accountId: string, { limit, cursor }: PageQuery): Promise<Page<CannedReplyDto>> {
    const after = cursor && MoreThan(decodeCursor(cursor, SHORTCUT));
    const rows = await this.replies.find({
      where: { accountId, ...(after && { shortcut: after }) },
      order: { shortcut: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ shortcut }) => shortcut, presentCannedReply);
  }

  create(accountId: string, { shortcut, text }: CreateCannedReplyDto): Promise<CannedReplyDto> {
    const { manager } = this.replies;
    return this.save(manager, this.replies.create({ id: newId(), accountId, shortcut, text }));
  }

  /** @param ifMatch entity tags of which the current one must be one; undefined for whatever there is */
  update(accountId: string, id: string, changes: UpdateCannedReplyDto, ifMatch?: string): Promise<CannedReplyDto> {
    return this.replies.manager.transaction(async (manager) => {
      const reply = await this.getLocked(manager, accountId, id);
      refuseChangedMeanwhile(ifMatch, reply);
      return this.save(manager, Object.assign(reply, changes, { version: reply.version + 1 }));
    });
  }

  async delete(accountId: string, id: string, ifMatch?: string): Promise<void> {
    await this.replies.manager.transaction(async (manager) => {
      refuseChangedMeanwhile(ifMatch, await this.getLocked(manager, accountId, id));
      await manager.delete(CannedReply, { accountId, id });
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

  private async save(manager: EntityManager, reply: CannedReply): Promise<CannedReplyDto> {
    try {
      return presentCannedReply(await manager.save(CannedReply, reply));
    } catch (error) {
      if (!violatesUnique(error, 'canned_replies_shortcut')) throw error;
      throw conflict('shortcut_taken', 'There is already a canned reply "/{{shortcut}}". Choose another shortcut.', {
        shortcut: reply.shortcut,
      });
    }
  }
}
