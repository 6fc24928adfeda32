import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, Repository } from 'typeorm';
import { decodeCursor, NUMBER_POSITION, type Page, toPage } from '../common/cursor-page.js';
import { conflict, notFound } from '../common/problem.js';
import { type InboundSmsDto, type InboundSmsQuery, presentInboundSms } from './inbound-sms.dto.js';
import { InboundSmsRow } from './inbound-sms.entity.js';
import { InboundSmsQueue } from './inbound-sms.queue.js';
import type { Verdict } from './verdict.js';

const REPLAYABLE: Verdict[] = [
  'entry_point_disabled',
  'channel_disabled',
  'blocked',
  'opted_out',
  'unrouted',
  'dead_letter',
];

/** What was delivered and what became of it; and a second chance for what made no contact. */
@Injectable()
export class JournalService {
  constructor(
    @InjectRepository(InboundSmsRow) private readonly rows: Repository<InboundSmsRow>,
    private readonly queue: InboundSmsQueue,
  ) {}

  async list(accountId: string, { limit, cursor, ...filters }: InboundSmsQuery): Promise<Page<InboundSmsDto>> {
    const before = cursor === undefined ? undefined : LessThan(decodeCursor(cursor, NUMBER_POSITION));
    const rows = await this.rows.find({
      where: { accountId, ...filters, ...(before && { receivedOrder: before }) },
      order: { receivedOrder: 'DESC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ receivedOrder }) => receivedOrder, presentInboundSms);
  }

  async get(accountId: string, id: string): Promise<InboundSmsDto> {
    return presentInboundSms(await this.getRow(accountId, id));
  }

  /** Judges it anew, as things stand now. What made a contact already stays as it is. */
  async replay(accountId: string, id: string): Promise<InboundSmsDto> {
    const { affected } = await this.rows.update(
      { accountId, id, verdict: In(REPLAYABLE) },
      {
        verdict: null,
        processedAt: null,
        attempts: 0,
        lastError: null,
        nudgeGeneration: () => 'nudge_generation + 1',
      },
    );
    const row = await this.getRow(accountId, id);
    if (affected === 0 && row.verdict !== null) throw notReplayable(row.verdict);
    this.queue.nudgeSoon([id], row.nudgeGeneration);
    return presentInboundSms(row);
  }

  private async getRow(accountId: string, id: string): Promise<InboundSmsRow> {
    const row = await this.rows.findOneBy({ accountId, id });
    if (row === null) throw notFound('inbound SMS');
    return row;
  }
}

const notReplayable = (verdict: Verdict): Error =>
  verdict === 'accepted'
    ? conflict('already_accepted', 'This SMS is in a contact already.')
    : conflict('not_an_sms', 'This form is no SMS that Twilio would send; lastError says why.');
