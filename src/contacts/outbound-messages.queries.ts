import type { EntityManager } from 'typeorm';
import { FINAL_STATUSES, MESSAGE_STATUSES, type MessageStatus } from '../twilio-integration/message-status.js';
import type { MessageError } from '../twilio-integration/message-errors.js';
import { raisedVersion } from './contact-version.queries.js';
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

/**
 * Adds a message to the thread, and counts it there: a reply ends the silence.
 * @returns the version of the contact for the event that tells of it
 */
export async function insertOutboundMessage(manager: EntityManager, message: NewOutboundMessage): Promise<number> {
  const [{ version }] = await manager.query(
    `WITH inserted AS (
       INSERT INTO messages (id, account_id, contact_id, direction, origin, agent_id, body, segments, idempotency_key,
         status, at)
       VALUES ($1, $2, $3, 'outbound', $4, $5, $6, $7, $8, 'queued', now())),
     counted AS (
       UPDATE contacts SET message_count = message_count + 1, last_message_at = greatest(last_message_at, now()),
         version = ${raisedVersion()}
       WHERE account_id = $2 AND id = $3 RETURNING version)
     SELECT version FROM counted`,
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
  return version;
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
  isFinal: boolean;
  /** Of the contact, for the event that tells of the move; null when the message has not moved. */
  version: number | null;
}

/**
 * Moves a message on, never back: callbacks come out of order and twice. Its SID is kept once and for all.
 * @returns null when the account has no such outbound message
 */
export async function progressMessage(
  manager: EntityManager,
  { accountId, messageId, status, twilioMessageSid, segments, error }: MessageProgress,
): Promise<ProgressedMessage | null> {
  const rows: ProgressedMessage[] = await manager.query(
    `WITH progressed AS (
       UPDATE messages AS message SET
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
       RETURNING message.contact_id, message.twilio_message_sid, message.status, before.moves),
     counted AS (
       UPDATE contacts SET version = ${raisedVersion()}
       FROM progressed WHERE contacts.id = progressed.contact_id AND progressed.moves RETURNING contacts.version)
     SELECT contact_id AS "contactId", twilio_message_sid AS "twilioMessageSid", status = ANY ($10) AS "isFinal", version
     FROM progressed LEFT JOIN counted ON true`,
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
  return rows[0] ?? null;
}
