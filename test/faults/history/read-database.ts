import pg from 'pg';
import type { Stack } from '../stack.ts';
import type { ContactRow, EventRow, History, JournalRow, MessageRow } from './history.ts';

export type FromDatabase = Pick<History, 'journal' | 'contacts' | 'messages' | 'events'>;

const JOURNAL = `SELECT id, twilio_message_sid AS sid, source = 'reconciled' AS "isFetched",
    (extract(epoch FROM received_at) * 1000)::float8 AS "receivedAt",
    (extract(epoch FROM processed_at) * 1000)::float8 AS "processedAt", verdict
  FROM inbound_sms ORDER BY received_order`;
const CONTACTS = `SELECT id, entry_point_id AS "entryPointId", ani AS customer, state <> 'closed' AS "isOpen" FROM contacts`;
const MESSAGES = `SELECT id, position::float8, contact_id AS "contactId", inbound_sms_id AS "inboundSmsId",
    CASE direction WHEN 'outbound' THEN body END AS body, status FROM messages ORDER BY position`;
const EVENTS = `SELECT id, contact_id AS "contactId", version FROM contact_events ORDER BY transaction_id, position`;

/** What the service has, read beside it. */
export async function readDatabase({ postgres }: Stack): Promise<FromDatabase> {
  const client = new pg.Client(postgres.url);
  await client.connect();
  try {
    return {
      journal: (await client.query<JournalRow>(JOURNAL)).rows,
      contacts: (await client.query<ContactRow>(CONTACTS)).rows,
      messages: (await client.query<MessageRow>(MESSAGES)).rows,
      events: (await client.query<EventRow>(EVENTS)).rows,
    };
  } finally {
    await client.end();
  }
}
