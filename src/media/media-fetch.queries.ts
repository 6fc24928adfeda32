import type { EntityManager } from 'typeorm';

/** A try to fetch takes no longer, or it counts as lost (the process died) and another one may begin. */
const LEASE = `interval '45 seconds'`;
/** From when on a nudge counts as lost, after the time at which something should have happened. */
const GRACE = `interval '10 seconds'`;

/** Media that this very caller may fetch now. */
export interface ClaimedMedia {
  id: string;
  accountId: string;
  contactId: string;
  messageId: string;
  sourceUrl: string;
  contentType: string;
  storageKey: string;
  /** With this one. */
  attempts: number;
  /** Tells this try from all others: only the latest one may give up or wait. */
  lease: string;
}

/** Claims what waits and is due, for one try; null when somebody else has it, or nothing is to be done. */
export async function claimMedia(manager: EntityManager, id: string): Promise<ClaimedMedia | null> {
  const [rows] = await manager.query(
    `UPDATE message_media SET attempts = attempts + 1, next_try_at = now() + ${LEASE},
       job_due_at = now() + ${LEASE}, storage_key = account_id || '/' || id
     WHERE id = $1 AND state = 'pending' AND next_try_at <= now()
     RETURNING id, account_id AS "accountId", contact_id AS "contactId", message_id AS "messageId",
       source_url AS "sourceUrl", content_type AS "contentType", storage_key AS "storageKey", attempts,
       next_try_at::text AS lease`,
    [id],
  );
  return (rows as ClaimedMedia[])[0] ?? null;
}

export interface StoredMedia {
  detectedType: string;
  size: number;
  sha256: string;
}

/** @returns false when it no longer waits: removed meanwhile, or another try was faster */
export async function markStored(
  manager: EntityManager,
  id: string,
  { detectedType, size, sha256 }: StoredMedia,
): Promise<boolean> {
  const [, count] = await manager.query(
    `UPDATE message_media SET state = 'stored', detected_type = $2, size = $3, sha256 = $4
     WHERE id = $1 AND state = 'pending'`,
    [id, detectedType, size, sha256],
  );
  return count === 1;
}

/** @returns false when it no longer waits, or for another try */
export async function markUnavailable(
  manager: EntityManager,
  { id, lease }: ClaimedMedia,
  reason: string,
): Promise<boolean> {
  const [, count] = await manager.query(
    `UPDATE message_media SET state = 'unavailable', reason = $3
     WHERE id = $1 AND state = 'pending' AND next_try_at = $2::timestamptz`,
    [id, lease, reason],
  );
  return count === 1;
}

/** Puts the next try off. @returns the generation of its nudge; null when it no longer waits, or for another try */
export async function postponeMedia(
  manager: EntityManager,
  { id, lease }: ClaimedMedia,
  seconds: number,
): Promise<number | null> {
  const [rows] = await manager.query(
    `UPDATE message_media SET next_try_at = now() + $3 * interval '1 second',
       job_generation = job_generation + 1, job_due_at = now() + $3 * interval '1 second' + ${GRACE}
     WHERE id = $1 AND state = 'pending' AND next_try_at = $2::timestamptz
     RETURNING job_generation AS generation`,
    [id, lease, seconds],
  );
  return (rows as { generation: number }[])[0]?.generation ?? null;
}
