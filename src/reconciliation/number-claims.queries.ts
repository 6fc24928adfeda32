import type { EntityManager } from 'typeorm';
import { OWNER_OF_NUMBER } from './reconciliation.queries.js';

/** Twilio's clock differs from ours and its list lags a little, so each walk reads this much again. */
const OVERLAP = `interval '10 minutes'`;
/** Twilio delivers for 15 seconds, then for 15 more to a fallback URL: younger SMS may still be on their way. */
const ON_ITS_WAY = `interval '1 minute'`;
/** The lease of a step: a process that takes longer counts as dead. */
const LEASE = `interval '30 seconds'`;
/** The backoff after failures: from 5 s up to 5 minutes, with jitter so that numbers do not retry together. */
const BACKOFF = `least(300, 5 * 2 ^ least(attempts, 6)) * (0.5 + random()) * interval '1 second'`;

/** A number whose lease this caller holds. */
export interface ClaimedNumber {
  accountId: string;
  accountSid: string;
  phoneNumber: string;
  entryPointId: string;
  /** Whether that entry point is deleted. */
  isDeleted: boolean;
  /** The walk reads Twilio's list from this time on; never before the webhook was set. */
  since: Date;
  /** An SMS that Twilio received before this time and that is not in the journal is missing. */
  until: Date;
  /** Identifies the holder of the lease; changes with each step. */
  lease: string;
}

/** Adds the numbers of entry points whose webhook is set. A new number has nothing to reconcile yet. */
export async function addNewNumbers(manager: EntityManager, minutes: number): Promise<void> {
  await manager.query(
    `INSERT INTO reconciliations (account_id, phone_number, watermark, due_at)
     SELECT account_id, phone_number, max(webhook_set_at), now() + $1 * interval '1 minute'
     FROM entry_points AS point WHERE webhook_set_at IS NOT NULL AND NOT EXISTS (
       SELECT FROM reconciliations AS number
       WHERE number.account_id = point.account_id AND number.phone_number = point.phone_number)
     GROUP BY account_id, phone_number
     ON CONFLICT DO NOTHING`,
    [minutes],
  );
}

/** Claims the number that has been due for longest among those whose Twilio account is connected; null if there is none. */
export async function claimNumber(manager: EntityManager, minutes: number): Promise<ClaimedNumber | null> {
  const [rows] = await manager.query(
    `WITH due AS MATERIALIZED (
       SELECT number.account_id, number.phone_number, connection.account_sid, point.*
       FROM reconciliations AS number
         JOIN telephony_connections AS connection
           ON connection.account_id = number.account_id AND connection.auth_token IS NOT NULL
         CROSS JOIN LATERAL ${OWNER_OF_NUMBER} AS point
       WHERE number.due_at <= now() AND number.leased_until <= now()
       ORDER BY number.due_at LIMIT 1 FOR UPDATE OF number SKIP LOCKED)
     UPDATE reconciliations AS number SET leased_until = now() + ${LEASE},
       due_at = now() + $1 * (0.9 + 0.2 * random()) * interval '1 minute'
     FROM due WHERE number.account_id = due.account_id AND number.phone_number = due.phone_number
     RETURNING due.account_id AS "accountId", due.account_sid AS "accountSid", due.phone_number AS "phoneNumber",
       due.id AS "entryPointId", due.deleted_at IS NOT NULL AS "isDeleted",
       date_trunc('second', greatest(watermark - ${OVERLAP}, due.webhook_set_at)) AS since,
       greatest(now() - ${ON_ITS_WAY}, take_until) AS until, leased_until::text AS lease`,
    [minutes],
  );
  return (rows as ClaimedNumber[])[0] ?? null;
}

/**
 * Renews the lease for one more step, and counts what the previous step found.
 * @throws when another process has taken the number over
 */
export async function keepNumber(manager: EntityManager, number: ClaimedNumber, found = 0): Promise<void> {
  const [rows] = await manager.query(
    `UPDATE reconciliations SET leased_until = now() + ${LEASE}, found_count = found_count + $4,
       last_found_at = CASE WHEN $4 > 0 THEN now() ELSE last_found_at END
     WHERE account_id = $1 AND phone_number = $2 AND leased_until = $3::timestamptz
     RETURNING leased_until::text AS lease`,
    [number.accountId, number.phoneNumber, number.lease, found],
  );
  const [kept] = rows as { lease: string }[];
  if (kept === undefined) throw new LeaseLost();
  number.lease = kept.lease;
}

/** The lease expired and another process has taken the number over. */
export class LeaseLost extends Error {}

/** Ends a complete walk. @param soon whether to walk again soon, for SMS that may have been on their way */
export async function finishNumber(manager: EntityManager, number: ClaimedNumber, soon: boolean): Promise<void> {
  await manager.query(
    `UPDATE reconciliations SET watermark = greatest(watermark, $4), walked_at = now(), leased_until = now(),
       due_at = CASE WHEN $5 THEN least(due_at, now() + ${ON_ITS_WAY}) ELSE due_at END,
       attempts = 0, failing_since = NULL, last_error = NULL
     WHERE account_id = $1 AND phone_number = $2 AND leased_until = $3::timestamptz`,
    [number.accountId, number.phoneNumber, number.lease, number.until, soon],
  );
}

/** Ends a failed walk; the watermark stays. @param restAll whether Twilio asked for fewer requests from this account */
export async function failNumber(
  manager: EntityManager,
  { accountId, phoneNumber, lease }: ClaimedNumber,
  error: string,
  restAll: boolean,
): Promise<void> {
  await manager.query(
    `WITH failed AS (
       UPDATE reconciliations SET leased_until = now(), due_at = now() + ${BACKOFF}, attempts = attempts + 1,
         failing_since = coalesce(failing_since, now()), last_error = $4
       WHERE account_id = $1 AND phone_number = $2 AND leased_until = $3::timestamptz
       RETURNING account_id, phone_number, due_at)
     UPDATE reconciliations AS other SET due_at = greatest(other.due_at, failed.due_at)
     FROM failed WHERE $5 AND other.account_id = failed.account_id AND other.phone_number <> failed.phone_number`,
    [accountId, phoneNumber, lease, error, restAll],
  );
}
