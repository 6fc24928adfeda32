import { newId } from '../../src/common/ids.js';
import type { ContactDto, ContactPageDto } from '../../src/contacts/contact.dto.js';
import type { CloseReason, ContactState } from '../../src/contacts/contact.entity.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { TestApp, TestProcess } from './app.ts';
import { eventually } from './eventually.ts';
import { expectStatus } from './factories.ts';
import { type SimulatedSms, sendSms } from './phone.ts';

type Database = Pick<TestProcess, 'dataSource'>;

/** Sends a text from a phone, and waits for the contact that contains it. */
export async function textAndWait(app: TestApp, sms: SimulatedSms & { from: string }): Promise<ContactDto> {
  const { messageSid } = await sendSms(app, sms);
  return eventually(`the contact of ${messageSid}`, async () => {
    const rows = await app.dataSource.query('SELECT contact_id AS id FROM messages WHERE twilio_message_sid = $1', [
      messageSid,
    ]);
    if (rows.length === 0) return null;
    const customer = encodeURIComponent(sms.from);
    const { data } = expectStatus(await app.api.get<ContactPageDto>(`contacts?customer=${customer}`), 200);
    return data.find(({ id }) => id === rows[0].id);
  });
}

/** A contact's row in the database. */
export interface ContactRow {
  id: string;
  ani: string;
  state: ContactState;
  close_reason: CloseReason | null;
  closed_at: Date | null;
  agent_id: string | null;
  message_count: number;
  version: number;
}

/** Inserts waiting contacts, one per customer, whose last message arrived `silentMinutes` ago. */
export function insertContacts(
  { dataSource }: Database,
  { id }: Pick<EntryPointDto, 'id'>,
  customers: string[],
  { silentMinutes = 0 } = {},
): Promise<{ id: string; ani: string }[]> {
  return dataSource.query(
    `INSERT INTO contacts (id, account_id, campaign_id, entry_point_id, lang, ani, dnis, last_message_at)
     SELECT new.id, point.account_id, point.campaign_id, point.id, point.language, new.ani, point.phone_number,
       now() - $4 * interval '1 minute'
     FROM entry_points AS point, unnest($2::uuid[], $3::text[]) AS new (id, ani) WHERE point.id = $1
     RETURNING id, ani`,
    [id, customers.map(newId), customers, silentMinutes],
  );
}

/** The contacts of these customers, oldest first. */
export function contactsOf({ dataSource }: Database, ...customers: string[]): Promise<ContactRow[]> {
  return dataSource.query('SELECT * FROM contacts WHERE ani = ANY ($1) ORDER BY id', [customers]);
}

/** The events of a contact in the log, such as `2 contact.message`, in the order of their versions. */
export async function eventsOf({ dataSource }: Database, contactId: string): Promise<string[]> {
  const rows: { line: string }[] = await dataSource.query(
    `SELECT version || ' ' || type AS line FROM contact_events WHERE contact_id = $1 ORDER BY version, position`,
    [contactId],
  );
  return rows.map(({ line }) => line);
}
