import type { EntityManager } from 'typeorm';
import { raisedVersion } from './contact-version.queries.js';

/** What the contacts of a deleted entry point go by when auto-close was off: nobody will come back to them. */
const HOURS_OF_DELETED = 24;

export interface SilentContact {
  id: string;
  accountId: string;
  version: number;
}

/**
 * Closes contacts that have been silent for as long as their entry point allows; a reopening counts as a sound. A row
 * that somebody works on is passed over, and one that changed while this waits is looked at again: no contact is closed
 * twice, and none under a text that comes in.
 */
export async function closeSilentContacts(manager: EntityManager, limit: number): Promise<SilentContact[]> {
  const [rows] = await manager.query(
    `WITH silent AS MATERIALIZED (
       SELECT contact.id FROM (
         SELECT id, CASE WHEN deleted_at IS NULL THEN auto_close_hours ELSE coalesce(auto_close_hours, $2) END AS hours
         FROM entry_points) AS point
       CROSS JOIN LATERAL (
         SELECT id FROM contacts WHERE entry_point_id = point.id AND state <> 'closed'
           AND last_message_at <= now() - point.hours * interval '1 hour'
           AND (reopened_at IS NULL OR reopened_at <= now() - point.hours * interval '1 hour')
         ORDER BY last_message_at LIMIT $1 FOR UPDATE SKIP LOCKED) AS contact
       LIMIT $1)
     UPDATE contacts SET state = 'closed', closed_at = now(), close_reason = 'silence', version = ${raisedVersion()}
     FROM silent WHERE contacts.id = silent.id
     RETURNING contacts.id, account_id AS "accountId", version`,
    [limit, HOURS_OF_DELETED],
  );
  return rows;
}
