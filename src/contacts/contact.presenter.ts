import type { EntityManager } from 'typeorm';
import { findOptedOut, type Pair, pairKey } from '../opt-outs/opt-outs.queries.js';
import { type ContactDto, presentContact } from './contact.dto.js';
import type { Contact } from './contact.entity.js';
import { findLastMessages } from './last-messages.queries.js';

/** Shows contacts with what other tables know of them: one query for each such table, however many contacts. */
export async function presentContacts(
  manager: EntityManager,
  accountId: string,
  contacts: Contact[],
): Promise<ContactDto[]> {
  const optedOut = await findOptedOut(manager, accountId, contacts.map(pairOf));
  const lastMessages = await findLastMessages(
    manager,
    accountId,
    contacts.map(({ id }) => id),
  );
  return contacts.map((contact) =>
    presentContact(contact, {
      optedOut: optedOut.has(pairKey(pairOf(contact))),
      lastMessage: lastMessages.get(contact.id) ?? null,
    }),
  );
}

/** Whom the ledger of opt-outs asks about. */
export const pairOf = ({ ani, dnis }: Contact): Pair => ({ customer: ani, phoneNumber: dnis });
