import type { EntityManager } from 'typeorm';
import { recordOptOut } from '../opt-outs/opt-outs.queries.js';

/** Twilio knows of a STOP that never came here (21610): the ledger learns it from the refusal. */
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
