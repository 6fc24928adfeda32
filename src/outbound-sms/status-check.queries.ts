import type { EntityManager } from 'typeorm';
import { FINAL_STATUSES } from '../twilio-integration/message-status.js';

/** A message that has had no final status from Twilio for long. */
export interface UnsettledMessage {
  messageId: string;
  accountId: string;
  from: string;
  to: string;
  body: string;
  /** Null if it is unknown whether Twilio has it. */
  twilioMessageSid: string | null;
  claimedAt: Date;
}

const MAX_CHECKS = 3;

/** The ids of messages whose status is to be checked. Each is checked at most three times, at equal intervals. */
export async function takeDueStatusChecks(manager: EntityManager, hours: number, limit: number): Promise<string[]> {
  const [rows] = await manager.query(
    `UPDATE outbound_sms SET status_checks = status_checks + 1,
       status_check_at = CASE WHEN status_checks + 1 < ${MAX_CHECKS} THEN now() + $1 * interval '1 hour' END
     WHERE message_id IN (SELECT message_id FROM outbound_sms WHERE status_check_at < now()
       ORDER BY status_check_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING message_id AS id`,
    [hours, limit],
  );
  return (rows as { id: string }[]).map(({ id }) => id);
}

export function readUnsettled(manager: EntityManager, messageIds: string[]): Promise<UnsettledMessage[]> {
  return manager.query(
    `SELECT sms.message_id AS "messageId", sms.account_id AS "accountId", contact.dnis AS from, sms.to_number AS to,
       message.body, message.twilio_message_sid AS "twilioMessageSid", sms.claimed_at AS "claimedAt"
     FROM outbound_sms AS sms JOIN messages AS message ON message.id = sms.message_id
       JOIN contacts AS contact ON contact.id = sms.contact_id
     WHERE sms.message_id = ANY ($1) AND message.status <> ALL ($2)`,
    [messageIds, FINAL_STATUSES],
  );
}
