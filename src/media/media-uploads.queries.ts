import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { refuseField } from '../common/problem.js';

/** The path at which Twilio fetches an upload; its key makes it unguessable. */
const publicPath = (id: string, key: string): string => `/media/${id}/${key}`;

export interface SentUploads {
  accountId: string;
  contactId: string;
  messageId: string;
  /** The uploads, in the order in which the message shows them. */
  ids: string[];
  /** The place of the first of them in the message. */
  firstPlace: number;
}

/**
 * Attaches uploads to a message, in the caller's transaction. Each can be sent once.
 * @returns the paths under PUBLIC_URL at which Twilio gets them
 * @throws Problem 422 when one is not there (any more)
 */
export async function sendUploads(manager: EntityManager, sent: SentUploads): Promise<string[]> {
  const { accountId, contactId, messageId, ids, firstPlace } = sent;
  if (ids.length === 0) return [];
  const paths = ids.map((id) => publicPath(id, randomBytes(20).toString('hex')));
  const rows: { id: string }[] = await manager.query(
    `WITH taken AS (
       DELETE FROM media_uploads WHERE account_id = $1 AND id = ANY ($4) AND size IS NOT NULL RETURNING *)
     INSERT INTO message_media (id, account_id, contact_id, message_id, place, source_url, content_type, state,
       detected_type, size, sha256, storage_key)
     SELECT taken.id, account_id, $2, $3, $6 + n - 1, path, detected_type, 'stored', detected_type, size, sha256,
       storage_key
     FROM taken JOIN unnest($4::uuid[], $5::text[]) WITH ORDINALITY AS wanted (id, path, n) ON wanted.id = taken.id
     RETURNING id`,
    [accountId, contactId, messageId, ids, paths, firstPlace],
  );
  const taken = new Set(rows.map(({ id }) => id));
  const missing = ids.find((id) => !taken.has(id));
  if (missing === undefined) return paths;
  const message = 'names {{id}}, which is no upload that waits to be sent. Upload it again: POST /api/v1/media';
  throw refuseField('media_unknown', 'mediaIds', message, { id: missing });
}

export interface SharedMedia {
  id: string;
  detectedType: string;
  size: number;
  storageKey: string;
}

/** The upload at this path; null if there is none or it was never sent. */
export async function findShared(manager: EntityManager, id: string, key: string): Promise<SharedMedia | null> {
  const rows: SharedMedia[] = await manager.query(
    `SELECT id, detected_type AS "detectedType", size, storage_key AS "storageKey" FROM message_media
     WHERE id = $1 AND source_url = $2 AND state = 'stored'`,
    [id, publicPath(id, key)],
  );
  return rows[0] ?? null;
}

/** Locks uploads that nobody sent within a day, until the end of the transaction. */
export function lockForgotten(manager: EntityManager, limit: number): Promise<{ id: string; storageKey: string }[]> {
  return manager.query(
    `SELECT id, storage_key AS "storageKey" FROM media_uploads WHERE created_at < now() - interval '1 day'
     ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [limit],
  );
}
