import type { EntityManager } from 'typeorm';
import { FINAL_STATUSES, MESSAGE_STATUSES, type MessageStatus } from '../twilio-integration/message-status.js';
import type { MessageError } from '../twilio-integration/message-errors.js';
import type { MessageOrigin } from './message.entity.js';

export interface NewOutboundMessage {
  id: string;
  accountId: string;
  contactId: string;
  origin: Exclude<MessageOrigin, 'customer'>;
  agentId: string | null;
  idempotencyKey: string | null;
  body: string;
  segments: number;
}

/** Adds a message to the thread, and counts it there: a reply ends the silence. */
export async function insertOutboundMessage(manager: EntityManager, message: NewOutboundMessage): Promise<void> {
  await manager.query(
    `WITH counted AS (
       UPDATE contacts SET message_count = message_count + 1, last_message_at = greatest(last_message_at, now())
       WHERE account_id = $2 AND id = $3)
     INSERT INTO messages (id, account_id, contact_id, direction, origin, agent_id, body, segments, idempotency_key,
       status, at)
     VALUES ($1, $2, $3, 'outbound', $4, $5, $6, $7, $8, 'queued', now())`,
    [
      message.id,
      message.accountId,
      message.contactId,
      message.origin,
      message.agentId,
      message.body,
      message.segments,
      message.idempotencyKey,
    ],
  );
}

/** What is known of an outbound message from now on. */
export interface MessageProgress {
  accountId: string;
  messageId: string;
  status: MessageStatus;
  twilioMessageSid?: string;
  segments?: number | null;
  /** Why it failed. */
  error?: MessageError;
}

export interface ProgressedMessage {
  contactId: string;
  twilioMessageSid: string | null;
  hasMoved: boolean;
  isFinal: boolean;
}

/**
 * Moves a message on, never back: callbacks come out of order and twice. Its SID is kept once and for all.
 * @returns null when the account has no such outbound message
 */
export async function progressMessage(
  manager: EntityManager,
  { accountId, messageId, status, twilioMessageSid, segments, error }: MessageProgress,
): Promise<ProgressedMessage | null> {
  const [rows] = await manager.query(
    `UPDATE messages AS message SET
       status = CASE WHEN moves THEN $3 ELSE message.status END,
       error_code = CASE WHEN moves THEN $4 ELSE message.error_code END,
       error_text = CASE WHEN moves THEN $5 ELSE message.error_text END,
       error_advice = CASE WHEN moves THEN $6 ELSE message.error_advice END,
       twilio_message_sid = coalesce(message.twilio_message_sid, $7),
       segments = coalesce($8, message.segments)
     FROM (
       SELECT id, array_position($9::text[], status) < array_position($9::text[], $3) AS moves
       FROM messages WHERE id = $2 AND account_id = $1 AND direction = 'outbound' FOR UPDATE) AS before
     WHERE message.id = before.id
     RETURNING message.contact_id AS "contactId", message.twilio_message_sid AS "twilioMessageSid",
       before.moves AS "hasMoved", message.status = ANY ($10) AS "isFinal"`,
    [
      accountId,
      messageId,
      status,
      error?.code ?? null,
      error?.text ?? null,
      error?.advice ?? null,
      twilioMessageSid ?? null,
      segments ?? null,
      MESSAGE_STATUSES,
      FINAL_STATUSES,
    ],
  );
  return (rows as ProgressedMessage[])[0] ?? null;
}
