import type { EntityManager } from 'typeorm';
import { violatesUnique } from '../common/database-errors.js';
import { raisedVersion } from './contact-version.queries.js';
import type { ReceivedSms } from './received-sms.js';

/**
 * Opens again what was closed so shortly before that the entry point counts the customer's text as part of it. Whoever
 * is at the desk takes it up: it waits, as a new one would.
 * @returns the ids of the contacts that it opened, none where the customer has an open one
 */
export async function reopenRecentlyClosed(
  manager: EntityManager,
  firstSmsOfEach: ReceivedSms[],
): Promise<Set<string>> {
  const asked = firstSmsOfEach.filter(({ reopenMinutes }) => reopenMinutes > 0);
  if (asked.length === 0) return new Set();
  for (;;) {
    try {
      // In a savepoint, for the caller's transaction goes on after a failure.
      return await manager.transaction((savepoint) => reopenWhereNoneIsOpen(savepoint, asked));
    } catch (error) {
      // An agent has just opened another contact of such a customer. Its row is there now, and seen by the next try.
      if (!violatesUnique(error, 'contacts_open')) throw error;
    }
  }
}

async function reopenWhereNoneIsOpen(manager: EntityManager, asked: ReceivedSms[]): Promise<Set<string>> {
  const pairs = [asked.map(({ entryPointId }) => entryPointId), asked.map(({ ani }) => ani)];
  // Waits for whoever is about to close one of them; those that stay open stay so until the commit.
  await manager.query(
    `SELECT FROM contacts WHERE (entry_point_id, ani) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))
       AND state <> 'closed' ORDER BY id FOR NO KEY UPDATE`,
    pairs,
  );
  const [rows] = await manager.query(
    `UPDATE contacts SET state = 'waiting', agent_id = NULL, accepted_at = NULL, closed_at = NULL, close_reason = NULL,
       reopened_at = now(), version = ${raisedVersion()}
     FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::int[]) AS asked (entry_point_id, ani, received_at, minutes)
       CROSS JOIN LATERAL (
         SELECT id FROM contacts WHERE entry_point_id = asked.entry_point_id AND ani = asked.ani AND state = 'closed'
           AND closed_at >= asked.received_at - asked.minutes * interval '1 minute'
         ORDER BY closed_at DESC LIMIT 1) AS newest
     WHERE contacts.id = newest.id AND contacts.state = 'closed' AND NOT EXISTS (
       SELECT FROM contacts AS other WHERE other.entry_point_id = asked.entry_point_id AND other.ani = asked.ani
         AND other.state <> 'closed')
     RETURNING contacts.id`,
    [...pairs, asked.map(({ receivedAt }) => receivedAt), asked.map(({ reopenMinutes }) => reopenMinutes)],
  );
  return new Set((rows as { id: string }[]).map(({ id }) => id));
}
