import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { type ContactEventDto, presentContactEvent } from './contact-event.dto.js';
import type { LogPosition } from './contact-event.js';
import { readContactEvents } from './contact-events.queries.js';
import { findHorizonPast } from './event-log-pruning.queries.js';
import { eventsPruned } from './events-pruned.js';
import { LOG_START, parseSequence, toSequence } from './sequence.js';

@Injectable()
export class ContactEventsService {
  constructor(private readonly manager: EntityManager) {}

  /**
   * The account's log after a place, oldest first; without a place from the oldest event there is.
   * @throws Problem 410 when events after that place are gone
   */
  async list(
    accountId: string,
    { after, limit }: { after?: string; limit: number },
  ): Promise<{ data: ContactEventDto[]; nextCursor: string | null }> {
    const start = after === undefined ? LOG_START : parseSequence(after);
    const events = await readContactEvents(this.manager, accountId, start, limit + 1);
    if (after !== undefined) await this.refuseGap(accountId, start);
    const page = events.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = events.length > limit && last !== undefined ? toSequence(last) : null;
    return { data: page.map(presentContactEvent), nextCursor };
  }

  private async refuseGap(accountId: string, start: LogPosition): Promise<void> {
    const horizon = await findHorizonPast(this.manager, accountId, start);
    if (horizon === null) return;
    throw eventsPruned(horizon, (resumeAfter) => `Read the contacts again, then continue with after=${resumeAfter}.`);
  }
}
