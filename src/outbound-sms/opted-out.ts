import type { EntityManager } from 'typeorm';
import { recordOptOut } from '../opt-outs/opt-outs.queries.js';

/** Records a STOP that Twilio knows and that never arrived here, learned from its refusal (21610). */
export async function noteRefusedAsOptedOut(
  manager: EntityManager,
  accountId: string,
  messageId: string,
): Promise<void> {
  const [{ customer, phoneNumber, at }] = await manager.query(
    `SELECT contact.ani AS customer, contact.dnis AS "phoneNumber", sms.claimed_at AS at
     FROM outbound_sms AS sms JOIN contacts AS contact ON contact.id = sms.contact_id
     WHERE sms.message_id = $1 AND sms.account_id = $2`,
    [messageId, accountId],
  );
  await recordOptOut(manager, {
    accountId,
    customer,
    phoneNumber,
    kind: 'opted_out',
    source: 'twilio_21610',
    messageId,
    at,
  });
}
