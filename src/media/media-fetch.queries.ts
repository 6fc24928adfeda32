import type { EntityManager } from 'typeorm';

/** The lease of an attempt: when it expires, the process counts as dead and another attempt may begin. */
const LEASE = `interval '45 seconds'`;
/** How long after its due time a job counts as lost. */
const GRACE = `interval '10 seconds'`;

/** Media whose lease this caller holds. */
export interface ClaimedMedia {
  id: string;
  accountId: string;
  contactId: string;
  messageId: string;
  sourceUrl: string;
  contentType: string;
  storageKey: string;
  /** Including this attempt. */
  attempts: number;
  /** Identifies this attempt: only the latest one may give up or postpone. */
  lease: string;
}

/** Claims a due medium for one attempt; null if another worker has it or there is nothing to do. */
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

/** @returns false if it is no longer pending: it was removed meanwhile, or another attempt was faster */
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

/** @returns false if it is no longer pending, or pending for another attempt */
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

/** Postpones the next attempt. @returns the generation of its job; null if it is not pending for this attempt any more */
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
