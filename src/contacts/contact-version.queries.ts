import type { EntityManager } from 'typeorm';
import { notFound } from '../common/problem.js';
import type { NewContactEvent } from '../contact-events/contact-event.js';
import { appendContactEvents } from '../contact-events/contact-events.queries.js';

/**
 * What every UPDATE of `contacts` that belongs to events sets the version to: one more for each event. The row stays
 * locked until the commit, and the events are appended in the same transaction with the versions that this gave them, so
 * a contact's events have no gap and no double.
 * @param events SQL: how many
 */
export const raisedVersion = (events = '1'): string => `contacts.version + ${events}`;

/**
 * Raises the contact's version for one event and appends it, in the caller's transaction.
 * @throws Problem 404 when the account has no such contact
 */
export async function recordContactEvent(
  manager: EntityManager,
  event: Omit<NewContactEvent, 'version'>,
): Promise<void> {
  const [[raised]]: [{ version: number }[]] = await manager.query(
    `UPDATE contacts SET version = ${raisedVersion()} WHERE account_id = $1 AND id = $2 RETURNING version`,
    [event.accountId, event.contactId],
  );
  if (raised === undefined) throw notFound('contact');
  await appendContactEvents(manager, [{ ...event, ...raised }]);
}
