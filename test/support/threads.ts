import type { ContactState } from '../../src/contacts/contact.entity.js';
import type { TestProcess } from './app.ts';
import { eventually } from './eventually.ts';

/** A contact and its messages, from the database. */
export interface Thread {
  id: string;
  ani: string;
  state: ContactState;
  messageCount: number;
  /** The ids of the journal rows of its messages, in the order of the thread. */
  messages: string[];
  /** The ids of the journal rows that name this contact, in the order of the journal. */
  journal: string[];
  bodies: string[];
}

type Database = Pick<TestProcess, 'dataSource'>;

/** The contacts of these customers, oldest first. */
export function threadsOf({ dataSource }: Database, ...customers: string[]): Promise<Thread[]> {
  return dataSource.query(
    `SELECT id, ani, state, message_count AS "messageCount",
       ARRAY(SELECT inbound_sms_id FROM messages WHERE contact_id = contact.id ORDER BY position) AS messages,
       ARRAY(SELECT body FROM messages WHERE contact_id = contact.id ORDER BY position) AS bodies,
       ARRAY(SELECT id FROM inbound_sms WHERE contact_id = contact.id ORDER BY received_order) AS journal
     FROM contacts AS contact WHERE ani = ANY ($1) ORDER BY created_at, id`,
    [customers],
  );
}

/** Waits until this many texts of the customers are in the journal, each with a verdict. */
export function untilProcessed({ dataSource }: Database, count: number, ...customers: string[]): Promise<unknown> {
  return eventually(
    `${count} texts with a verdict`,
    async () => {
      const [found] = await dataSource.query(
        'SELECT count(verdict)::int AS judged, count(*)::int AS all FROM inbound_sms WHERE from_number = ANY ($1)',
        [customers],
      );
      return found.judged === count && found.all === count;
    },
    30_000,
  );
}
