import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { AuditLogService } from '../access/audit-log.service.js';
import type { Caller } from '../access/caller.js';
import { decodeCursor, type Page, toPage } from '../common/cursor-page.js';
import { conflict, notFound } from '../common/problem.js';
import { toStorableText } from '../common/safe-text.js';
import { type InboundSmsDto, type InboundSmsQuery, presentInboundSms } from './inbound-sms.dto.js';
import { InboundSmsRow } from './inbound-sms.entity.js';
import { InboundSmsQueue } from './inbound-sms.queue.js';
import type { Verdict } from './verdict.js';

const REPLAYABLE = new Set<Verdict>([
  'entry_point_disabled',
  'channel_disabled',
  'blocked',
  'opted_out',
  'unrouted',
  'dead_letter',
]);

// A Date drops the microseconds, so the cursor keeps them, and the order in which SMS of the same time were stored.
const MICROSECONDS = '(extract(epoch FROM sms.received_at) * 1000000)::bigint';
const POSITION = /^\d{1,16}\.\d{1,18}$/;
const BEFORE = `(sms.received_at, sms.received_order)
  < ('epoch'::timestamptz + :microseconds::float8 * interval '1 microsecond', :order::bigint)`;

const UNJUDGED = {
  verdict: null,
  processedAt: null,
  attempts: 0,
  unfinishedTries: 0,
  lastError: null,
  discardedAt: null,
};

/** The journal as the API shows it, with replay and discard for SMS that made no contact. */
@Injectable()
export class InboundSmsService {
  constructor(
    @InjectRepository(InboundSmsRow) private readonly rows: Repository<InboundSmsRow>,
    private readonly queue: InboundSmsQueue,
    private readonly auditLog: AuditLogService,
  ) {}

  async list(accountId: string, query: InboundSmsQuery): Promise<Page<InboundSmsDto>> {
    const { limit, cursor, verdict, source, entryPointId, contactId } = query;
    const { twilioMessageSid, customer, since, until, discarded } = query;
    const rows = this.rows.createQueryBuilder('sms').where('sms.accountId = :accountId', { accountId });
    if (verdict !== undefined) rows.andWhere('sms.verdict = :verdict', { verdict });
    if (source !== undefined) rows.andWhere('sms.source = :source', { source });
    if (entryPointId !== undefined) rows.andWhere('sms.entryPointId = :entryPointId', { entryPointId });
    if (contactId !== undefined) rows.andWhere('sms.contactId = :contactId', { contactId });
    if (twilioMessageSid !== undefined)
      rows.andWhere('sms.twilioMessageSid = :sid', { sid: toStorableText(twilioMessageSid) });
    if (customer !== undefined) rows.andWhere('sms.fromNumber = :customer', { customer: toStorableText(customer) });
    if (since !== undefined) rows.andWhere('sms.receivedAt >= :since', { since });
    if (until !== undefined) rows.andWhere('sms.receivedAt < :until', { until });
    if (discarded !== undefined) rows.andWhere(`sms.discardedAt IS ${discarded ? 'NOT NULL' : 'NULL'}`);
    if (cursor !== undefined) {
      const [microseconds, order] = decodeCursor(cursor, POSITION).split('.');
      rows.andWhere(BEFORE, { microseconds, order });
    }
    const { entities, raw } = await rows
      .addSelect(MICROSECONDS, 'microseconds')
      .orderBy('sms.receivedAt', 'DESC')
      .addOrderBy('sms.receivedOrder', 'DESC')
      .limit(limit + 1)
      .getRawAndEntities<{ microseconds: string }>();
    const page = entities.map((sms, n) => ({ sms, position: `${raw[n]!.microseconds}.${sms.receivedOrder}` }));
    return toPage(
      page,
      limit,
      ({ position }) => position,
      ({ sms }) => presentInboundSms(sms),
    );
  }

  async get(accountId: string, id: string): Promise<InboundSmsDto> {
    return presentInboundSms(await this.getRow(accountId, id));
  }

  /** Processes an SMS again under today's settings. One that belongs to a contact stays as it is. */
  async replay(caller: Caller, id: string): Promise<InboundSmsDto> {
    const row = await this.change(caller, 'inbound_sms.replayed', id, ({ verdict, jobGeneration }) => {
      if (verdict !== null && !REPLAYABLE.has(verdict)) throw notReplayable(verdict);
      return verdict === null ? {} : { ...UNJUDGED, jobGeneration: jobGeneration + 1 };
    });
    this.queue.enqueueAgain(id, row.jobGeneration);
    return presentInboundSms(row);
  }

  /** Discarding twice changes nothing. */
  async discard(caller: Caller, id: string): Promise<InboundSmsDto> {
    const row = await this.change(caller, 'inbound_sms.discarded', id, ({ verdict, discardedAt }) => {
      if (verdict !== 'dead_letter') {
        throw conflict('not_a_dead_letter', 'Only a dead letter can be discarded; this SMS is not one.');
      }
      return discardedAt === null ? { discardedAt: new Date() } : {};
    });
    return presentInboundSms(row);
  }

  private change(
    caller: Caller,
    action: 'inbound_sms.replayed' | 'inbound_sms.discarded',
    id: string,
    decide: (row: InboundSmsRow) => Partial<InboundSmsRow>,
  ): Promise<InboundSmsRow> {
    const { accountId } = caller;
    return this.rows.manager.transaction(async (manager) => {
      const before = await this.getRow(accountId, id, manager);
      const changes = decide(before);
      if (Object.keys(changes).length === 0) return before;
      await manager.update(InboundSmsRow, { accountId, id }, changes);
      const { verdict, discardedAt } = before;
      await this.auditLog.record(manager, caller, {
        action,
        // The number and the text stay out of the audit log.
        subject: { id, name: before.twilioMessageSid },
        before: { verdict, discardedAt },
        after: { verdict, discardedAt, ...changes },
      });
      return { ...before, ...changes };
    });
  }

  /** Locks the row if it is read inside a transaction. */
  private async getRow(accountId: string, id: string, manager?: EntityManager): Promise<InboundSmsRow> {
    const row = await (manager ?? this.rows.manager).findOne(InboundSmsRow, {
      where: { accountId, id },
      ...(manager && { lock: { mode: 'pessimistic_write' } }),
    });
    if (row === null) throw notFound('inbound SMS');
    return row;
  }
}

const notReplayable = (verdict: Verdict): Error =>
  verdict === 'accepted'
    ? conflict('already_accepted', 'This SMS belongs to a contact already.')
    : conflict('not_an_sms', 'This form is not an SMS that Twilio would send; `lastError` says why.');
