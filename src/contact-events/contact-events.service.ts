import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { type ContactEventDto, presentContactEvent } from './contact-event.dto.js';
import { readContactEvents } from './contact-events.queries.js';
import { LOG_START, parseSequence, toSequence } from './sequence.js';

@Injectable()
export class ContactEventsService {
  constructor(private readonly manager: EntityManager) {}

  /** The account's log after a place, oldest first. */
  async list(
    accountId: string,
    { after, limit }: { after?: string; limit: number },
  ): Promise<{ data: ContactEventDto[]; nextCursor: string | null }> {
    const start = after === undefined ? LOG_START : parseSequence(after);
    const events = await readContactEvents(this.manager, accountId, start, limit + 1);
    const page = events.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = events.length > limit && last !== undefined ? toSequence(last) : null;
    return { data: page.map(presentContactEvent), nextCursor };
  }
}
