import type { NewContactEvent } from '../contact-events/contact-event.js';
import type { ContactGrowth, NewMessage, OpenContact } from './contacts.queries.js';

/** What happened to each contact: whether it was made or opened again, then one `contact.message` for each message. */
export function tellWhatHappened(
  contacts: OpenContact[],
  messages: NewMessage[],
): { growths: ContactGrowth[]; events: NewContactEvent[] } {
  const messagesOf = Map.groupBy(messages, ({ contactId }) => contactId);
  const growths: ContactGrowth[] = [];
  const events: NewContactEvent[] = [];
  for (const { id: contactId, version: before, isNew, isReopened } of contacts) {
    const own = messagesOf.get(contactId)!;
    const { accountId } = own[0]!;
    // A new contact is made with version 1: that is the version its `contact.created` tells. A reopening counted itself.
    let version = before;
    if (isNew) events.push({ accountId, type: 'contact.created', contactId, version });
    if (isReopened) events.push({ accountId, type: 'contact.reopened', contactId, version });
    for (const { messageId } of own) {
      events.push({ accountId, type: 'contact.message', contactId, messageId, version: ++version });
    }
    growths.push({ contactId, messages: own.length });
  }
  return { growths, events };
}
