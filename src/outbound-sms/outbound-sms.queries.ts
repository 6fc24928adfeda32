import type { EntityManager } from 'typeorm';

/** Longer than a worker waits for Twilio: a claim that is older was left behind by a crash. */
const LEASE = "interval '30 seconds'";
/** The sweeper ignores rows that a worker may be about to process. */
const PATIENCE = "interval '5 seconds'";

/** A message that a worker has claimed, with everything needed to send it. */
export interface ClaimedSms {
  messageId: string;
  accountId: string;
  contactId: string;
  from: string;
  to: string;
  body: string;
  mediaUrls: string[];
  /** The entry point's key, for the URL of the status callback. */
  webhookKey: string;
  /** Including this attempt. */
  attempts: number;
  /** When the message was first handed to Twilio; null if never. */
  askedBefore: Date | null;
  isTooLate: boolean;
}

export interface Claim {
  /** Null if there is nothing to send now. */
  claimed: ClaimedSms | null;
  /** When the next message can be sent; null if none is pending. */
  next: Date | null;
}

/**
 * Claims the next message of a number, if the number may send now: the oldest due one that is the first of its
 * conversation. Only one worker at a time does this for a number. After the commit the message counts as tried.
 * @param paceOf milliseconds that a number then has to wait
 */
export async function claimNext(
  manager: EntityManager,
  sendingNumberId: string,
  paceOf: (phoneNumber: string) => number,
): Promise<Claim> {
  const [number]: { phoneNumber: string; freeAt: Date; isFree: boolean }[] = await manager.query(
    `SELECT phone_number AS "phoneNumber", free_at AS "freeAt", free_at <= clock_timestamp() AS "isFree"
     FROM sending_numbers WHERE id = $1 FOR NO KEY UPDATE`,
    [sendingNumberId],
  );
  if (number === undefined) return { claimed: null, next: null };
  if (!number.isFree) return { claimed: null, next: number.freeAt };
  const claimed = await findDue(manager, sendingNumberId);
  if (claimed === null) return { claimed, next: await findNextTry(manager, sendingNumberId) };
  await manager.query(
    `UPDATE outbound_sms SET attempts = attempts + 1, claimed_at = coalesce(claimed_at, clock_timestamp()),
       next_try_at = clock_timestamp() + ${LEASE}
     WHERE message_id = $1`,
    [claimed.messageId],
  );
  const [[{ freeAt, hasMore }]] = await manager.query(
    `UPDATE sending_numbers SET free_at = clock_timestamp() + $2 * interval '1 millisecond'
     WHERE id = $1
     RETURNING free_at AS "freeAt", EXISTS (SELECT FROM outbound_sms WHERE sending_number_id = $1
       AND done_at IS NULL AND message_id <> $3) AS "hasMore"`,
    [sendingNumberId, paceOf(number.phoneNumber), claimed.messageId],
  );
  return { claimed, next: hasMore ? freeAt : null };
}

async function findDue(manager: EntityManager, sendingNumberId: string): Promise<ClaimedSms | null> {
  const rows: ClaimedSms[] = await manager.query(
    `SELECT sms.message_id AS "messageId", sms.account_id AS "accountId", sms.contact_id AS "contactId",
       number.phone_number AS from, sms.to_number AS to, message.body, sms.media_urls AS "mediaUrls",
       point.webhook_key AS "webhookKey", sms.attempts + 1 AS attempts, sms.claimed_at AS "askedBefore",
       sms.give_up_at < now() AS "isTooLate"
     FROM outbound_sms AS sms
       JOIN sending_numbers AS number ON number.id = sms.sending_number_id
       JOIN messages AS message ON message.id = sms.message_id
       JOIN contacts AS contact ON contact.id = sms.contact_id
       JOIN entry_points AS point ON point.id = contact.entry_point_id
     WHERE sms.sending_number_id = $1 AND sms.done_at IS NULL AND sms.next_try_at <= clock_timestamp()
       AND NOT EXISTS (
         SELECT FROM outbound_sms AS earlier WHERE earlier.sending_number_id = sms.sending_number_id
           AND earlier.to_number = sms.to_number AND earlier.done_at IS NULL AND earlier.position < sms.position)
     ORDER BY sms.position LIMIT 1`,
    [sendingNumberId],
  );
  return rows[0] ?? null;
}

async function findNextTry(manager: EntityManager, sendingNumberId: string): Promise<Date | null> {
  const [{ at }] = await manager.query(
    `SELECT min(next_try_at) AS at FROM outbound_sms
     WHERE sending_number_id = $1 AND done_at IS NULL AND next_try_at > clock_timestamp()`,
    [sendingNumberId],
  );
  return at;
}

export async function hasWaitingSms(manager: EntityManager, sendingNumberId: string): Promise<boolean> {
  const [{ exists }] = await manager.query(
    'SELECT EXISTS (SELECT FROM outbound_sms WHERE sending_number_id = $1 AND done_at IS NULL)',
    [sendingNumberId],
  );
  return exists;
}

/**
 * Renews the claim's lease; false if another worker has taken the message over. Called right before the message is handed to
 * Twilio, because a worker that was delayed for longer than its lease must not send it.
 */
export async function renewClaim(manager: EntityManager, { messageId, attempts }: ClaimedSms): Promise<boolean> {
  const [, count] = await manager.query(
    `UPDATE outbound_sms SET next_try_at = clock_timestamp() + ${LEASE}
     WHERE message_id = $1 AND attempts = $2 AND done_at IS NULL`,
    [messageId, attempts],
  );
  return count === 1;
}

/**
 * Marks the message as done: Twilio has it, or never will.
 * @param statusCheckHours after which its status is checked at Twilio; null if the status is final
 */
export async function markDone(
  manager: EntityManager,
  messageId: string,
  statusCheckHours: number | null,
): Promise<void> {
  await manager.query(
    `UPDATE outbound_sms SET done_at = coalesce(done_at, now()), last_error = NULL,
       status_check_at = CASE WHEN $2::float8 IS NOT NULL
         THEN coalesce(status_check_at, now() + $2::float8 * interval '1 hour') END
     WHERE message_id = $1`,
    [messageId, statusCheckHours],
  );
}

/** Postpones the next attempt by `delayMs`. @param reason why this attempt failed */
export async function postpone(
  manager: EntityManager,
  { messageId, attempts }: ClaimedSms,
  { reason, delayMs }: { reason: string; delayMs: number },
): Promise<void> {
  await manager.query(
    `UPDATE outbound_sms SET last_error = $3, next_try_at = clock_timestamp() + $4 * interval '1 millisecond'
     WHERE message_id = $1 AND attempts = $2 AND done_at IS NULL`,
    [messageId, attempts, reason, delayMs],
  );
}

/** Returns the message as if it had never been claimed: Twilio does not have it. */
export async function giveBack(
  manager: EntityManager,
  { messageId, attempts, askedBefore }: ClaimedSms,
  reason: string,
): Promise<void> {
  await manager.query(
    `UPDATE outbound_sms SET last_error = $3, claimed_at = $4, next_try_at = clock_timestamp()
     WHERE message_id = $1 AND attempts = $2 AND done_at IS NULL`,
    [messageId, attempts, reason, askedBefore],
  );
}

/** Pauses a number after Twilio refused to take a message, longer each time, up to a minute; a success resets this. */
export async function restNumber(manager: EntityManager, sendingNumberId: string): Promise<void> {
  await manager.query(
    `UPDATE sending_numbers SET failures = failures + 1,
       free_at = clock_timestamp() + least(60, 2 ^ least(failures, 6)) * interval '1 second'
     WHERE id = $1`,
    [sendingNumberId],
  );
}

export async function endRest(manager: EntityManager, sendingNumberId: string): Promise<void> {
  await manager.query('UPDATE sending_numbers SET failures = 0 WHERE id = $1 AND failures > 0', [sendingNumberId]);
}

/** Numbers that may send and have had a pending message for a while. */
export async function findIdleNumbers(manager: EntityManager, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM sending_numbers AS number WHERE free_at < now() - ${PATIENCE} AND EXISTS (
       SELECT FROM outbound_sms WHERE sending_number_id = number.id AND done_at IS NULL
         AND next_try_at < now() - ${PATIENCE})
     ORDER BY free_at LIMIT $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** Those of these SIDs that belong to other messages of ours. */
export async function findKnownSids(manager: EntityManager, accountId: string, sids: string[]): Promise<Set<string>> {
  const rows: { sid: string }[] = await manager.query(
    `SELECT twilio_message_sid AS sid FROM messages
     WHERE account_id = $1 AND direction = 'outbound' AND twilio_message_sid = ANY ($2)`,
    [accountId, sids],
  );
  return new Set(rows.map(({ sid }) => sid));
}
