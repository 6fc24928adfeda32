import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../common/ids.js';
import { appendContactEvents } from '../contact-events/contact-events.queries.js';
import { EventPublisherService } from '../contact-events/event-publisher.service.js';
import { pipelined } from '../database/pipelined.js';
import { insertPendingMedia } from '../media/media.queries.js';
import { MediaQueue } from '../media/media.queue.js';
import { findOrCreateOpenContacts, growContacts, insertInboundMessages } from './contacts.queries.js';
import { conversationOf, type ReceivedSms } from './received-sms.js';
import { tellWhatHappened } from './received-events.js';

/** How SMS that come in change contacts. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly publisher: EventPublisherService,
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
    const [mediaIds] = await pipelined([
      insertInboundMessages(manager, messages).then(() => insertPendingMedia(manager, messages)),
      growContacts(manager, growths),
      appendContactEvents(manager, events),
    ]);
    return { contactIds: new Map(messages.map(({ inboundSmsId, contactId }) => [inboundSmsId, contactId])), mediaIds };
  }

  /** Call it after the commit. Returns at once; what fails, the sweeper does. */
  announce(accountIds: Iterable<string>, mediaIds: string[]): void {
    this.publisher.notify(accountIds);
    this.mediaQueue.enqueueSoon(mediaIds);
  }
}
