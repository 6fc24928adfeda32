import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, MoreThan } from 'typeorm';
import { decodeCursor, NUMBER_POSITION, type Page, type PageQuery, toPage } from '../common/cursor-page.js';
import { newId } from '../common/ids.js';
import { notFound } from '../common/problem.js';
import { toStorableText } from '../common/safe-text.js';
import { EventPublisherService } from '../contact-events/event-publisher.service.js';
import { type ContactNoteDto, type CreateContactNoteDto, presentContactNote } from './contact-note.dto.js';
import { ContactNote } from './contact-note.entity.js';
import { recordContactEvent } from './contact-version.queries.js';
import { Contact } from './contact.entity.js';

/** Notes on contacts, also on closed ones. Each change is an event of the contact. */
@Injectable()
export class ContactNotesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: EventPublisherService,
  ) {}

  /** Oldest first. */
  async list(accountId: string, contactId: string, { limit, cursor }: PageQuery): Promise<Page<ContactNoteDto>> {
    const { manager } = this.dataSource;
    if (!(await manager.existsBy(Contact, { accountId, id: contactId }))) throw notFound('contact');
    const after = cursor === undefined ? undefined : MoreThan(decodeCursor(cursor, NUMBER_POSITION));
    const rows = await manager.find(ContactNote, {
      where: { accountId, contactId, ...(after && { position: after }) },
      order: { position: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ position }) => position, presentContactNote);
  }

  add(accountId: string, contactId: string, { body, agentId }: CreateContactNoteDto): Promise<ContactNoteDto> {
    return this.change(accountId, contactId, async (manager) => {
      const note = { id: newId(), accountId, contactId, body: toStorableText(body), agentId: agentId ?? null };
      await manager.insert(ContactNote, note);
      return presentContactNote(await manager.findOneByOrFail(ContactNote, { accountId, id: note.id }));
    });
  }

  async delete(accountId: string, contactId: string, id: string): Promise<void> {
    await this.change(accountId, contactId, async (manager) => {
      const { affected } = await manager.delete(ContactNote, { accountId, contactId, id });
      if (affected === 0) throw notFound('note');
    });
  }

  private async change<T>(accountId: string, contactId: string, work: (manager: EntityManager) => Promise<T>) {
    const result = await this.dataSource.transaction(async (manager) => {
      await recordContactEvent(manager, { accountId, type: 'contact.updated', contactId });
      return work(manager);
    });
    this.publisher.notify([accountId]);
    return result;
  }
}
