import type { EntityManager } from 'typeorm';
import type { EntryPointState } from '../entry-points/entry-point.entity.js';
import type { OwnWords } from '../opt-outs/keywords.js';
import type { InboundMedia, OptOutType } from '../twilio-integration/inbound-sms.form.js';
import type { Verdict } from './verdict.js';

/** The conversations (one customer with one number) that these rows wait in. */
export async function findWaitingConversations(manager: EntityManager, ids: string[]): Promise<string[]> {
  const rows: { key: string }[] = await manager.query(
    'SELECT DISTINCT conversation_key AS key FROM inbound_sms WHERE id = ANY ($1) AND processed_at IS NULL',
    [ids],
  );
  return rows.map(({ key }) => key);
}

/** Until the end of the transaction nobody else works on these conversations. Always in the same order: no deadlock. */
export async function lockConversations(manager: EntityManager, keys: string[]): Promise<void> {
  await manager.query(
    'SELECT pg_advisory_xact_lock(key) FROM (SELECT key FROM unnest($1::bigint[]) AS key ORDER BY key) AS keys',
    [keys],
  );
}

/** A row of the journal that waits, with what has the number it was sent to. */
export interface WaitingSms {
  id: string;
  accountId: string;
  twilioMessageSid: string;
  fromNumber: string;
  toNumber: string;
  body: string;
  segments: number | null;
  media: InboundMedia[];
  optOutType: OptOutType | null;
  /** When Twilio received it, as far as that is known: when it was said. */
  receivedAt: Date;
  storedAt: Date;
  entryPointId: string | null;
  campaignId: string;
  language: string;
  state: EntryPointState;
  reopenMinutes: number;
  /** The campaign's channel, and the switch over all. */
  smsInboundEnabled: boolean;
  /** The campaign's words in the language of the entry point; null when it has none. */
  ownWords: OwnWords | null;
  isBlocked: boolean;
}

/** All rows of these conversations that wait, in the order received. */
export function readWaitingSms(manager: EntityManager, keys: string[], limit: number): Promise<WaitingSms[]> {
  return manager.query(
    `SELECT sms.id, sms.account_id AS "accountId", twilio_message_sid AS "twilioMessageSid",
       from_number AS "fromNumber", to_number AS "toNumber", body, segments, media,
       opt_out_type AS "optOutType", coalesce(sent_at, received_at) AS "receivedAt", received_at AS "storedAt",
       point.id AS "entryPointId", point.campaign_id AS "campaignId", point.language, point.state,
       point.reopen_minutes AS "reopenMinutes",
       campaign.sms_inbound_enabled AND account.sms_inbound_disabled_at IS NULL AS "smsInboundEnabled",
       jsonb_path_query_first(campaign.language_settings, '$[*] ? (@.language == $language)',
         jsonb_build_object('language', point.language)) AS "ownWords",
       blocked.id IS NOT NULL AS "isBlocked"
     FROM inbound_sms AS sms
       JOIN accounts AS account ON account.id = sms.account_id
       LEFT JOIN entry_points AS point ON point.account_id = sms.account_id
         AND point.phone_number = sms.to_number AND point.deleted_at IS NULL
       LEFT JOIN campaigns AS campaign ON campaign.id = point.campaign_id
       LEFT JOIN blocked_senders AS blocked ON blocked.account_id = sms.account_id
         AND blocked.phone_number = sms.from_number
     WHERE sms.conversation_key = ANY ($1::bigint[]) AND sms.processed_at IS NULL
     ORDER BY sms.received_order LIMIT $2`,
    [keys, limit],
  );
}

/** One customer with one entry point. */
export interface Conversation {
  accountId: string;
  entryPointId: string;
  ani: string;
}

/** Of these conversations those with an open contact, which nobody can close before the end of the transaction. */
export function lockOpenConversations(manager: EntityManager, conversations: Conversation[]): Promise<Conversation[]> {
  return manager.query(
    `SELECT contact.account_id AS "accountId", contact.entry_point_id AS "entryPointId", contact.ani
     FROM contacts AS contact
     WHERE (contact.account_id, contact.entry_point_id, contact.ani) IN
         (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]))
       AND contact.state <> 'closed'
     ORDER BY contact.id FOR NO KEY UPDATE`,
    [
      conversations.map(({ accountId }) => accountId),
      conversations.map(({ entryPointId }) => entryPointId),
      conversations.map(({ ani }) => ani),
    ],
  );
}

export interface Judgement {
  id: string;
  verdict: Verdict;
  entryPointId: string | null;
  contactId: string | null;
}

export async function markProcessed(manager: EntityManager, judgements: Judgement[]): Promise<void> {
  await manager.query(
    `UPDATE inbound_sms SET processed_at = now(), verdict = judgement.verdict,
       entry_point_id = judgement.entry_point_id, contact_id = judgement.contact_id
     FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) AS judgement (id, verdict, entry_point_id, contact_id)
     WHERE inbound_sms.id = judgement.id`,
    [
      judgements.map(({ id }) => id),
      judgements.map(({ verdict }) => verdict),
      judgements.map(({ entryPointId }) => entryPointId),
      judgements.map(({ contactId }) => contactId),
    ],
  );
}

/** The row of a conversation that is next, and how often it failed. */
export interface FirstWaiting {
  id: string;
  attempts: number;
}

export async function findFirstWaiting(manager: EntityManager, key: string): Promise<FirstWaiting | null> {
  const rows: FirstWaiting[] = await manager.query(
    `SELECT id, attempts FROM inbound_sms WHERE conversation_key = $1::bigint AND processed_at IS NULL
     ORDER BY received_order LIMIT 1`,
    [key],
  );
  return rows[0] ?? null;
}

/**
 * Notes that a row failed; after its last try it is a dead letter.
 * @param failure `attempts` with this one; set and not added, so that workers who fail at the same time count it once
 * @returns false when somebody else has processed it meanwhile
 */
export async function recordFailure(
  manager: EntityManager,
  id: string,
  { attempts, error, isLast }: { attempts: number; error: string; isLast: boolean },
): Promise<boolean> {
  const [, count] = await manager.query(
    `UPDATE inbound_sms SET attempts = greatest(attempts, $2), last_error = $3,
       verdict = CASE WHEN $4 THEN 'dead_letter' END, processed_at = CASE WHEN $4 THEN now() END
     WHERE id = $1 AND processed_at IS NULL`,
    [id, attempts, error, isLast],
  );
  return count === 1;
}
