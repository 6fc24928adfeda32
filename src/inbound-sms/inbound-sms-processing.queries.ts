import type { EntityManager } from 'typeorm';
import type { EntryPointState } from '../entry-points/entry-point.entity.js';
import type { OwnWords } from '../opt-outs/keywords.js';
import type { InboundMedia, OptOutType } from '../twilio-integration/inbound-sms.form.js';
import type { Verdict } from './verdict.js';

/** The conversations (one customer with one number) of these pending rows, those with the fewest failures first. */
export async function findWaitingConversations(manager: EntityManager, ids: string[]): Promise<string[]> {
  const rows: { key: string }[] = await manager.query(
    `SELECT conversation_key AS key FROM inbound_sms WHERE id = ANY ($1) AND processed_at IS NULL
     GROUP BY conversation_key ORDER BY max(attempts + unfinished_tries), min(received_order)`,
    [ids],
  );
  return rows.map(({ key }) => key);
}

/** Locks these conversations until the end of the transaction, always in the same order, so that no deadlock can arise. */
export async function lockConversations(manager: EntityManager, keys: string[]): Promise<void> {
  await manager.query(
    'SELECT pg_advisory_xact_lock(key) FROM (SELECT key FROM unnest($1::bigint[]) AS key ORDER BY key) AS keys',
    [keys],
  );
}

/** Locks those conversations that no other transaction holds; never waits. @returns the keys it locked */
export async function lockFreeConversations(manager: EntityManager, keys: string[]): Promise<string[]> {
  const rows: { key: string }[] = await manager.query(
    'SELECT key FROM (SELECT unnest($1::bigint[]) AS key) AS keys WHERE pg_try_advisory_xact_lock(key)',
    [keys],
  );
  return rows.map(({ key }) => key);
}

/** A row that just arrived: it has not failed, and no sweep had to enqueue it again. */
const IS_FRESH = 'attempts + unfinished_tries = 0 AND job_generation = 1 AND job_due_at > now()';

/**
 * Locks further conversations until the end of the transaction: those whose pending rows are all fresh and that no other
 * transaction holds. A conversation with any other pending row is left to its own job, because that row may be poisonous.
 * @param limit how many fresh rows to look at, the oldest first
 * @returns the keys it locked
 */
export async function lockMoreConversations(
  manager: EntityManager,
  locked: string[],
  limit: number,
): Promise<string[]> {
  // One array instead of a correlated subquery: where nearly all rows are processed PostgreSQL expects none to be pending,
  // and would scan the pending ones once for each conversation.
  const rows: { key: string }[] = await manager.query(
    `SELECT key FROM (
       SELECT conversation_key AS key FROM inbound_sms
       WHERE processed_at IS NULL AND conversation_key <> ALL ($1::bigint[]) AND conversation_key = ANY (ARRAY(
         SELECT conversation_key FROM inbound_sms WHERE processed_at IS NULL AND ${IS_FRESH}
         ORDER BY job_due_at LIMIT $2))
       GROUP BY key HAVING bool_and(${IS_FRESH}) ORDER BY key) AS other
     WHERE pg_try_advisory_xact_lock(key)`,
    [locked, limit],
  );
  return rows.map(({ key }) => key);
}

/** A pending row of the journal, with the entry point that owns the number it was sent to. */
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
  /** When Twilio received it, if that is known; otherwise when it was stored. */
  receivedAt: Date;
  storedAt: Date;
  entryPointId: string | null;
  campaignId: string;
  language: string;
  state: EntryPointState;
  reopenMinutes: number;
  /** Whether both the campaign's channel and the account's switch are on. */
  smsInboundEnabled: boolean;
  /** The campaign's own keywords in the language of the entry point; null when it has none. */
  ownWords: OwnWords | null;
  isBlocked: boolean;
}

/** All pending rows of these conversations, in the order received. */
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

/** Those of these conversations that have an open contact. Nobody can close it before the end of the transaction. */
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

/** The next pending row of a conversation, and how often it failed. */
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
 * Records that a row failed; after the last attempt it is a dead letter.
 * @param failure `attempts` includes this one; it is set, not added, so that workers failing at the same time count once
 * @returns false when another worker has processed the row meanwhile
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

/** Holds until the connection unlocks or ends: only one worker at a time counts the attempts of a conversation. */
export async function tryToLockSuspect(manager: EntityManager, key: string): Promise<boolean> {
  const [{ locked }] = await manager.query(
    `SELECT pg_try_advisory_lock(hashtextextended('suspect ' || $1, 0)) AS locked`,
    [key],
  );
  return locked;
}

/** Counts an attempt before it begins. @returns false when no attempt is left: the row is a dead letter now */
export async function beginTry(manager: EntityManager, id: string, maxTries: number): Promise<boolean> {
  const [rows] = await manager.query(
    `UPDATE inbound_sms SET unfinished_tries = unfinished_tries + 1
     WHERE id = $1 AND processed_at IS NULL AND attempts + unfinished_tries < $2 RETURNING id`,
    [id, maxTries],
  );
  if (rows.length > 0) return true;
  const [, buried] = await manager.query(
    `UPDATE inbound_sms SET attempts = attempts + unfinished_tries, last_error = $2, verdict = 'dead_letter',
       processed_at = now()
     WHERE id = $1 AND processed_at IS NULL`,
    [id, 'Each process that tried it ended'],
  );
  // If another worker processed it in between, nothing is left to do.
  return buried === 0;
}

/** The process survived the attempt, so none is unfinished. */
export async function endTry(manager: EntityManager, id: string): Promise<void> {
  await manager.query('UPDATE inbound_sms SET unfinished_tries = 0 WHERE id = $1 AND processed_at IS NULL', [id]);
}

/** Age in seconds of the oldest row without a verdict, over all accounts; 0 if there is none. */
export async function readOldestWaitingSeconds(manager: EntityManager): Promise<number> {
  const [{ seconds }] = await manager.query(
    `SELECT coalesce(extract(epoch FROM now() - min(received_at)), 0)::float8 AS seconds
     FROM inbound_sms WHERE processed_at IS NULL`,
  );
  return seconds;
}
