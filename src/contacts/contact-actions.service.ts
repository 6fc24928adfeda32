import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DataSource, Not } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { violatesUnique } from '../common/database-errors.js';
import { conflict, notFound } from '../common/problem.js';
import { toStorableJson } from '../common/safe-text.js';
import type { ContactEventType } from '../contact-events/contact-event.js';
import { appendContactEvents } from '../contact-events/contact-events.queries.js';
import { EventPublisherService } from '../contact-events/event-publisher.service.js';
import type { ContactDto, UpdateContactDto } from './contact.dto.js';
import { raisedVersion } from './contact-version.queries.js';
import { Contact } from './contact.entity.js';
import { presentContacts } from './contact.presenter.js';

/** What is to be set; null when the contact is as wanted, so that nothing happened. */
type Decision = QueryDeepPartialEntity<Contact> | null;

/** What agents do with contacts. Of several at once on one contact, each finds it as the one before left it. */
@Injectable()
export class ContactActionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: EventPublisherService,
  ) {}

  /** An atomic claim: of many agents one gets the contact, the others 409. */
  accept(accountId: string, id: string, agentId: string): Promise<ContactDto> {
    return this.change(accountId, id, 'contact.accepted', ({ state }) => {
      if (state === 'closed') throw isClosed();
      if (state === 'active') throw conflict('contact_already_accepted', 'Another agent accepted this contact before.');
      return { state: 'active', agentId, acceptedAt: () => 'now()' };
    });
  }

  /** @param agentId null puts it back among those that wait */
  transfer(accountId: string, id: string, agentId: string | null): Promise<ContactDto> {
    return this.change(accountId, id, 'contact.transferred', (contact) => {
      if (contact.state === 'closed') throw isClosed();
      if (contact.agentId === agentId) return null;
      if (agentId === null) return { state: 'waiting', agentId, acceptedAt: null };
      return { state: 'active', agentId, acceptedAt: contact.acceptedAt ?? (() => 'now()') };
    });
  }

  close(accountId: string, id: string): Promise<ContactDto> {
    return this.change(accountId, id, 'contact.closed', ({ state }) => {
      if (state === 'closed') throw isClosed();
      return { state: 'closed', closedAt: () => 'now()', closeReason: 'agent' };
    });
  }

  /** Undoes a close: back to the agent who had it, or among those that wait. */
  async reopen(accountId: string, id: string): Promise<ContactDto> {
    try {
      return await this.change(accountId, id, 'contact.reopened', ({ state, agentId }) => {
        if (state !== 'closed') throw conflict('contact_not_closed', 'This contact is open already.');
        const before = agentId === null ? 'waiting' : 'active';
        return { state: before, closedAt: null, closeReason: null, reopenedAt: () => 'now()' };
      });
    } catch (error) {
      if (!violatesUnique(error, 'contacts_open')) throw error;
      const open = await this.findOpenOfSameCustomer(accountId, id);
      if (open === null) return this.reopen(accountId, id); // closed just now: nothing is in the way any more
      throw newerIsOpen(open);
    }
  }

  /** Sets tags or data, each as a whole. */
  update(accountId: string, id: string, changes: UpdateContactDto): Promise<ContactDto> {
    const wanted = toStorableJson(changes);
    return this.change(accountId, id, 'contact.updated', ({ tags, data }) => {
      const now = { tags, data };
      const then = { tags: wanted.tags ?? tags, data: wanted.data ?? data };
      return isDeepStrictEqual(then, now) ? null : (then as QueryDeepPartialEntity<Contact>);
    });
  }

  private async change(
    accountId: string,
    id: string,
    type: ContactEventType,
    decide: (contact: Contact) => Decision,
  ): Promise<ContactDto> {
    const contact = await this.dataSource.transaction(async (manager) => {
      const before = await manager.findOne(Contact, { where: { accountId, id }, lock: { mode: 'for_no_key_update' } });
      if (before === null) throw notFound('contact');
      const decision = decide(before);
      if (decision === null) return before;
      await manager.update(Contact, { accountId, id }, { ...decision, version: raisedVersion });
      const after = await manager.findOneByOrFail(Contact, { accountId, id });
      await appendContactEvents(manager, [{ accountId, type, contactId: id, version: after.version }]);
      return after;
    });
    this.publisher.notify([accountId]);
    const [shown] = await presentContacts(this.dataSource.manager, accountId, [contact]);
    return shown!;
  }

  private async findOpenOfSameCustomer(accountId: string, id: string): Promise<Contact | null> {
    const { entryPointId, ani } = await this.dataSource.manager.findOneByOrFail(Contact, { accountId, id });
    return this.dataSource.manager.findOneBy(Contact, { accountId, entryPointId, ani, state: Not('closed') });
  }
}

const isClosed = (): Error =>
  conflict(
    'contact_closed',
    'This contact is closed. Reopen it, or wait: the next SMS of the customer opens a new one.',
  );

const newerIsOpen = ({ id }: Contact): Error =>
  conflict(
    'newer_contact_open',
    'The customer has an open contact since, {{id}}: go on in that one.',
    { id },
    { contact: { id } },
  );
