import type { EntityManager } from 'typeorm';
import { newId } from '../common/ids.js';
import { raisedVersion } from './contact-version.queries.js';
import type { ReceivedSms } from './received-sms.js';
import { reopenRecentlyClosed } from './reopening.queries.js';

export interface OpenContact {
  id: string;
  entryPointId: string;
  ani: string;
  version: number;
  /** Whether this very call made it. */
  isNew: boolean;
  /** Whether this very call opened it again. */
  isReopened: boolean;
}

/**
 * The contact that is not closed of each (entry point, customer); where there is none, one that was closed a moment ago
 * is opened again or a new one made. One row per pair.
 */
export async function findOrCreateOpenContacts(
  manager: EntityManager,
  firstSmsOfEach: ReceivedSms[],
): Promise<OpenContact[]> {
  const reopened = await reopenRecentlyClosed(manager, firstSmsOfEach);
  const ids = firstSmsOfEach.map(() => newId());
  // DO UPDATE, and not DO NOTHING: it waits for a concurrent insert or close, locks the row and returns the winner.
  const rows: Omit<OpenContact, 'isNew' | 'isReopened'>[] = await manager.query(
    `INSERT INTO contacts (id, account_id, campaign_id, entry_point_id, lang, ani, dnis)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[])
     ON CONFLICT (entry_point_id, ani) WHERE state <> 'closed' DO UPDATE SET ani = excluded.ani
     RETURNING id, entry_point_id AS "entryPointId", ani, version`,
    [
      ids,
      firstSmsOfEach.map(({ accountId }) => accountId),
      firstSmsOfEach.map(({ campaignId }) => campaignId),
      firstSmsOfEach.map(({ entryPointId }) => entryPointId),
      firstSmsOfEach.map(({ lang }) => lang),
      firstSmsOfEach.map(({ ani }) => ani),
      firstSmsOfEach.map(({ dnis }) => dnis),
    ],
  );
  const made = new Set(ids);
  return rows.map((row) => ({ ...row, isNew: made.has(row.id), isReopened: reopened.has(row.id) }));
}

export interface NewMessage extends ReceivedSms {
  messageId: string;
  contactId: string;
}

/** Adds the messages in the order given. Unique on the journal row: the same SMS never becomes two messages. */
export async function insertInboundMessages(manager: EntityManager, messages: NewMessage[]): Promise<void> {
  await manager.query(
    `INSERT INTO messages (id, account_id, contact_id, direction, origin, body, inbound_sms_id, twilio_message_sid, segments,
       status, at)
     SELECT id, account_id, contact_id, 'inbound', 'customer', body, inbound_sms_id, sid, segments, 'received', at
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::int[], $8::timestamptz[])
       WITH ORDINALITY AS message (id, account_id, contact_id, body, inbound_sms_id, sid, segments, at, n)
     ORDER BY n`,
    [
      messages.map(({ messageId }) => messageId),
      messages.map(({ accountId }) => accountId),
      messages.map(({ contactId }) => contactId),
      messages.map(({ body }) => body),
      messages.map(({ inboundSmsId }) => inboundSmsId),
      messages.map(({ twilioMessageSid }) => twilioMessageSid),
      messages.map(({ segments }) => segments),
      messages.map(({ receivedAt }) => receivedAt),
    ],
  );
}

export interface ContactGrowth {
  contactId: string;
  messages: number;
}

/** Notes on each contact how many messages came just now, each an event of it. */
export async function growContacts(manager: EntityManager, growths: ContactGrowth[]): Promise<void> {
  // The time is that of the processing: a text that waited long must not look like long silence once it is there.
  await manager.query(
    `UPDATE contacts SET message_count = message_count + growth.messages, version = ${raisedVersion('growth.messages')},
       last_message_at = greatest(last_message_at, now())
     FROM unnest($1::uuid[], $2::int[]) AS growth (id, messages)
     WHERE contacts.id = growth.id`,
    [growths.map(({ contactId }) => contactId), growths.map(({ messages }) => messages)],
  );
}
