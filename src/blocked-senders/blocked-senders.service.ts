import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
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
  constructor(@InjectRepository(BlockedSender) private readonly senders: Repository<BlockedSender>) {}

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

  async create({ accountId, userId, apiKeyId }: Caller, body: CreateBlockedSenderDto): Promise<BlockedSenderDto> {
    const { phoneNumber, reason = null } = body;
    const sender = this.senders.create({
      id: newId(),
      accountId,
      phoneNumber,
      reason,
      createdBy: userId ?? apiKeyId ?? null,
    });
    try {
      await this.senders.insert(sender);
    } catch (error) {
      if (!violatesUnique(error, 'blocked_senders_once')) throw error;
      throw blockedAlready(phoneNumber, await this.senders.findOneBy({ accountId, phoneNumber }));
    }
    return presentBlockedSender(sender);
  }

  /** The next SMS of the sender reaches an agent again. */
  async delete(accountId: string, id: string): Promise<void> {
    const { affected } = await this.senders.delete({ accountId, id });
    if (affected === 0) throw notFound('blocked sender');
  }
}

const HAS_TEXT = `strpos(lower(concat_ws(' ', sender.phoneNumber, sender.reason)), lower(:q)) > 0`;

const blockedAlready = (phoneNumber: string, sender: BlockedSender | null): Error =>
  conflict(
    'sender_blocked_already',
    '{{phoneNumber}} is blocked already.',
    { phoneNumber },
    { blockedSender: { id: sender?.id } },
  );
