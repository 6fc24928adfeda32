import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AuditLogService } from '../access/audit-log.service.js';
import type { Caller } from '../access/caller.js';
import { decodeCursor, type Page, toPage, UUID_POSITION } from '../common/cursor-page.js';
import { violatesUnique } from '../common/database-errors.js';
import { newId } from '../common/ids.js';
import { conflict, notFound } from '../common/problem.js';
import { toStorableText } from '../common/safe-text.js';
import {
  type BlockedSenderDto,
  type BlockedSenderQuery,
  type CreateBlockedSenderDto,
  presentBlockedSender,
} from './blocked-sender.dto.js';
import { BlockedSender } from './blocked-sender.entity.js';

/** Whose SMS reach no agent; the journal keeps them, as `blocked`. */
@Injectable()
export class BlockedSendersService {
  constructor(
    @InjectRepository(BlockedSender) private readonly senders: Repository<BlockedSender>,
    private readonly auditLog: AuditLogService,
  ) {}

  async list(accountId: string, { limit, cursor, q }: BlockedSenderQuery): Promise<Page<BlockedSenderDto>> {
    const rows = this.senders.createQueryBuilder('sender').where('sender.accountId = :accountId', { accountId });
    if (q !== undefined) rows.andWhere(HAS_TEXT, { q: toStorableText(q) });
    if (cursor !== undefined) rows.andWhere('sender.id < :before', { before: decodeCursor(cursor, UUID_POSITION) });
    const page = await rows
      .orderBy('sender.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    return toPage(page, limit, ({ id }) => id, presentBlockedSender);
  }

  async create(caller: Caller, body: CreateBlockedSenderDto): Promise<BlockedSenderDto> {
    const { accountId, userId, apiKeyId } = caller;
    const { phoneNumber, reason = null } = body;
    const sender = this.senders.create({
      id: newId(),
      accountId,
      phoneNumber,
      reason,
      createdBy: userId ?? apiKeyId ?? null,
    });
    try {
      return await this.senders.manager.transaction(async (manager) => {
        await manager.insert(BlockedSender, sender);
        const after = presentBlockedSender(sender);
        await this.auditLog.record(manager, caller, {
          action: 'blocked_sender.created',
          subject: subjectOf(sender),
          after,
        });
        return after;
      });
    } catch (error) {
      if (!violatesUnique(error, 'blocked_senders_once')) throw error;
      throw blockedAlready(phoneNumber, await this.senders.findOneBy({ accountId, phoneNumber }));
    }
  }

  /** The next SMS of the sender reaches an agent again. */
  async delete(caller: Caller, id: string): Promise<void> {
    const { accountId } = caller;
    await this.senders.manager.transaction(async (manager) => {
      const sender = await manager.findOne(BlockedSender, {
        where: { accountId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (sender === null) throw notFound('blocked sender');
      await manager.delete(BlockedSender, { accountId, id });
      const before = presentBlockedSender(sender);
      await this.auditLog.record(manager, caller, {
        action: 'blocked_sender.deleted',
        subject: subjectOf(sender),
        before,
      });
    });
  }
}

const subjectOf = ({ id, phoneNumber }: BlockedSender) => ({ id, name: phoneNumber });

const HAS_TEXT = `strpos(lower(concat_ws(' ', sender.phoneNumber, sender.reason)), lower(:q)) > 0`;

const blockedAlready = (phoneNumber: string, sender: BlockedSender | null): Error =>
  conflict(
    'sender_blocked_already',
    '{{phoneNumber}} is blocked already.',
    { phoneNumber },
    { blockedSender: { id: sender?.id } },
  );
