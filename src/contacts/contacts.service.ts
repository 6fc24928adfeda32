import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../common/ids.js';
import { conflict, notFound } from '../common/problem.js';
import type { ContactEventType } from '../contact-events/contact-event.js';
import { appendContactEvents } from '../contact-events/contact-events.queries.js';
import { EventPublisher } from '../contact-events/event-publisher.service.js';
import { insertPendingMedia } from '../media/media.queries.js';
import { MediaQueue } from '../media/media.queue.js';
import { isOptedOut } from '../opt-outs/opt-outs.queries.js';
import { type ContactDto, pairOf, presentContact } from './contact.dto.js';
import { Contact, type ContactState } from './contact.entity.js';
import { findOrCreateOpenContacts, growContacts, insertInboundMessages } from './contacts.queries.js';
import { conversationOf, type ReceivedSms } from './received-sms.js';
import { tellWhatHappened } from './received-events.js';

/** What changes contacts: SMS that come in, and agents. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: EventPublisher,
    private readonly mediaQueue: MediaQueue,
  ) {}

  /**
   * Turns accepted SMS into contacts, messages and events, in the transaction of the caller, who calls `announce` after
   * the commit.
   * @param received in the order they were received
   * @returns the contact id of each, by `inboundSmsId`, and the pictures and files that wait to be fetched
   */
  async receive(
    manager: EntityManager,
    received: ReceivedSms[],
  ): Promise<{ contactIds: Map<string, string>; mediaIds: string[] }> {
    if (received.length === 0) return { contactIds: new Map(), mediaIds: [] };
    const firstOfEach = [...Map.groupBy(received, conversationOf).values()].map(([first]) => first!);
    const contacts = await findOrCreateOpenContacts(manager, firstOfEach);
    const contactOf = new Map(contacts.map((contact) => [conversationOf(contact), contact]));
    const messages = received.map((sms) => ({
      ...sms,
      messageId: newId(),
      contactId: contactOf.get(conversationOf(sms))!.id,
    }));
    const { growths, events } = tellWhatHappened(contacts, messages);
    await insertInboundMessages(manager, messages);
    const mediaIds = await insertPendingMedia(manager, messages);
    await growContacts(manager, growths);
    await appendContactEvents(manager, events);
    return { contactIds: new Map(messages.map(({ inboundSmsId, contactId }) => [inboundSmsId, contactId])), mediaIds };
  }

  /** Call it after the commit. Returns at once; what fails, the sweeper does. */
  announce(accountIds: Iterable<string>, mediaIds: string[]): void {
    this.publisher.poke(accountIds);
    this.mediaQueue.nudgeSoon(mediaIds);
  }

  /** An atomic claim: of many agents one gets the contact, the others 409. */
  async accept(accountId: string, id: string, agentId: string): Promise<ContactDto> {
    return this.change(accountId, id, ['waiting'], 'contact.accepted', {
      state: 'active',
      agentId,
      acceptedAt: () => 'now()',
    });
  }

  /** The customer's next SMS opens a new contact. */
  async close(accountId: string, id: string): Promise<ContactDto> {
    return this.change(accountId, id, ['waiting', 'active'], 'contact.closed', {
      state: 'closed',
      closedAt: () => 'now()',
    });
  }

  private async change(
    accountId: string,
    id: string,
    from: ContactState[],
    type: ContactEventType,
    values: { state: ContactState } & Record<string, string | (() => string)>,
  ): Promise<ContactDto> {
    const contact = await this.dataSource.transaction(async (manager) => {
      const { affected } = await manager
        .createQueryBuilder()
        .update(Contact)
        .set({ ...values, version: () => 'version + 1' })
        .where('account_id = :accountId AND id = :id AND state IN (:...from)', { accountId, id, from })
        .execute();
      const changed = await manager.findOneBy(Contact, { accountId, id });
      if (changed === null) throw notFound('contact');
      if (affected === 0) throw alreadyIn(changed.state);
      await appendContactEvents(manager, [{ accountId, type, contactId: id, version: changed.version }]);
      return changed;
    });
    this.publisher.poke([accountId]);
    return presentContact(contact, await isOptedOut(this.dataSource.manager, accountId, pairOf(contact)));
  }
}

const alreadyIn = (state: ContactState): Error =>
  state === 'active'
    ? conflict('contact_already_accepted', 'Another agent accepted this contact before.')
    : conflict('contact_closed', 'This contact is closed. The next SMS of the customer opens a new one.');
