import type { ContactDto, ContactPageDto } from '../../src/contacts/contact.dto.js';
import type { TestApp } from './app.ts';
import { eventually } from './eventually.ts';
import { expectStatus } from './factories.ts';
import { type SimulatedSms, sendSms } from './phone.ts';

/** Texts from a phone, and waits for the contact that comes of it: the customer's newest that has the message. */
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
