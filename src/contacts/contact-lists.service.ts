import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { And, LessThan, MoreThan, Repository } from 'typeorm';
import {
  decodeCursor,
  NUMBER_POSITION,
  type Page,
  type PageQuery,
  toPage,
  UUID_POSITION,
} from '../common/cursor-page.js';
import { notFound } from '../common/problem.js';
import { toStorableText } from '../common/safe-text.js';
import { findMediaOf } from '../media/media.queries.js';
import type { OptOutDto } from '../opt-outs/opt-out.dto.js';
import { OptOutsService } from '../opt-outs/opt-outs.service.js';
import type { ContactCountsDto, ContactCountsQuery, ContactDto, ContactQuery } from './contact.dto.js';
import { Contact } from './contact.entity.js';
import { pairOf, presentContacts } from './contact.presenter.js';
import { type MessageDto, type MessageQuery, presentMessage } from './message.dto.js';
import { Message } from './message.entity.js';

/** What people and programs read of contacts. */
@Injectable()
export class ContactListsService {
  constructor(
    @InjectRepository(Contact) private readonly contacts: Repository<Contact>,
    @InjectRepository(Message) private readonly messages: Repository<Message>,
    private readonly optOuts: OptOutsService,
  ) {}

  async list(accountId: string, query: ContactQuery): Promise<Page<ContactDto>> {
    const { limit, cursor, state, entryPointId, campaignId, customer, agentId, tag, q, order = 'newest' } = query;
    const rows = this.contacts.createQueryBuilder('contact').where('contact.accountId = :accountId', { accountId });
    if (state !== undefined) rows.andWhere('contact.state = :state', { state });
    if (entryPointId !== undefined) rows.andWhere('contact.entryPointId = :entryPointId', { entryPointId });
    if (campaignId !== undefined) rows.andWhere('contact.campaignId = :campaignId', { campaignId });
    if (customer !== undefined) rows.andWhere('contact.ani = :customer', { customer: toStorableText(customer) });
    if (agentId !== undefined) rows.andWhere('contact.agentId = :agentId', { agentId: toStorableText(agentId) });
    if (tag !== undefined) rows.andWhere(HAS_TAG, { tag: toStorableText(tag.trim()) });
    if (q !== undefined) rows.andWhere(HAS_WORDS, { q: toStorableText(q) });
    const [comparison, direction] = order === 'newest' ? (['<', 'DESC'] as const) : (['>', 'ASC'] as const);
    if (cursor !== undefined) {
      rows.andWhere(`contact.id ${comparison} :place`, { place: decodeCursor(cursor, UUID_POSITION) });
    }
    const page = await rows
      .orderBy('contact.id', direction)
      .limit(limit + 1)
      .getMany();
    return this.toContactPage(accountId, page, limit);
  }

  /** What the same customer wrote about before, to whichever entry point, oldest first. */
  async listEarlier(accountId: string, id: string, { limit, cursor }: PageQuery): Promise<Page<ContactDto>> {
    const { ani } = await this.getContact(accountId, id);
    const after = cursor === undefined ? [] : [MoreThan(decodeCursor(cursor, UUID_POSITION))];
    const page = await this.contacts.find({
      where: { accountId, ani, id: And(LessThan(id), ...after) },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return this.toContactPage(accountId, page, limit);
  }

  async get(accountId: string, id: string): Promise<ContactDto> {
    const contact = await this.getContact(accountId, id);
    const [shown] = await presentContacts(this.contacts.manager, accountId, [contact]);
    return shown!;
  }

  async count(accountId: string, { agentId = '' }: ContactCountsQuery): Promise<ContactCountsDto> {
    const [counts] = await this.contacts.query(
      `SELECT (count(*) FILTER (WHERE state = 'waiting'))::int AS waiting,
         (count(*) FILTER (WHERE state = 'active'))::int AS active,
         (count(*) FILTER (WHERE state = 'active' AND agent_id = $2))::int AS mine
       FROM contacts WHERE account_id = $1 AND state IN ('waiting', 'active')`,
      [accountId, toStorableText(agentId)],
    );
    return counts;
  }

  /** A contact's thread, from its beginning on, or from its end back. */
  async listMessages(accountId: string, contactId: string, query: MessageQuery): Promise<Page<MessageDto>> {
    const { limit, cursor, order = 'oldest' } = query;
    const [beyond, direction] = order === 'oldest' ? ([MoreThan, 'ASC'] as const) : ([LessThan, 'DESC'] as const);
    await this.getContact(accountId, contactId);
    const position = cursor === undefined ? undefined : beyond(decodeCursor(cursor, NUMBER_POSITION));
    const rows = await this.messages.find({
      where: { accountId, contactId, ...(position && { position }) },
      order: { position: direction },
      take: limit + 1,
    });
    const ids = rows.map(({ id }) => id);
    const mediaOf = await findMediaOf(this.messages.manager, accountId, ids);
    const present = (message: Message): MessageDto => presentMessage(message, mediaOf.get(message.id) ?? []);
    return toPage(rows, limit, ({ position }) => position, present);
  }

  /** One message, by an id that is known to be there. */
  async getMessage(accountId: string, id: string): Promise<MessageDto> {
    const message = await this.messages.findOneByOrFail({ accountId, id });
    const mediaOf = await findMediaOf(this.messages.manager, accountId, [id]);
    return presentMessage(message, mediaOf.get(id) ?? []);
  }

  /** When the contact's customer said STOP or START to its number. */
  async listOptOuts(accountId: string, id: string, query: PageQuery): Promise<Page<OptOutDto>> {
    return this.optOuts.list(accountId, pairOf(await this.getContact(accountId, id)), query);
  }

  private async toContactPage(accountId: string, rows: Contact[], limit: number): Promise<Page<ContactDto>> {
    const { data, nextCursor } = toPage(
      rows,
      limit,
      ({ id }) => id,
      (contact) => contact,
    );
    return { data: await presentContacts(this.contacts.manager, accountId, data), nextCursor };
  }

  private async getContact(accountId: string, id: string): Promise<Contact> {
    const contact = await this.contacts.findOneBy({ accountId, id });
    if (contact === null) throw notFound('contact');
    return contact;
  }
}

// As the index contacts_tags has it.
const HAS_TAG = `contact.tags <> '{}' AND folded_tags(contact.tags) @> folded_tags(ARRAY[:tag]::text[])`;

const HAS_WORDS = `contact.id IN (
  SELECT contact_id FROM messages
  WHERE account_id = :accountId AND words @@ websearch_to_tsquery('simple', :q))`;
