import type { EntityManager } from 'typeorm';
import type { LogPosition } from './contact-event.js';

/**
 * The accounts, neediest first, whose oldest event is older than `days` and has been carried to every consumer. One
 * probe of the log's index per account, from the horizon on: cheap when there is nothing to do.
 */
export async function findAccountsToPrune(manager: EntityManager, days: number, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT account.id FROM accounts AS account
     LEFT JOIN event_log_horizons AS horizon ON horizon.account_id = account.id
     CROSS JOIN LATERAL (
       SELECT transaction_id, position, at FROM contact_events
       WHERE account_id = account.id
         AND (transaction_id, position) > (coalesce(horizon.transaction_id, '0'), coalesce(horizon.position, 0))
       ORDER BY transaction_id, position LIMIT 1) AS oldest
     WHERE oldest.at < now() - make_interval(days => $1)
       AND oldest.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
       AND NOT EXISTS (
         SELECT FROM consumers WHERE account_id = account.id
           AND (cursor_transaction_id, cursor_position) < (oldest.transaction_id, oldest.position))
     ORDER BY oldest.at LIMIT $2`,
    [days, limit],
  );
  return rows.map(({ id }) => id);
}

/**
 * Deletes up to `limit` of an account's oldest events, in a transaction of its own: only a whole beginning of the log,
 * so that one place, the horizon, says what is gone. It ends before the first event that is young, that a consumer
 * has not had, or that an older transaction still in flight may yet get something before.
 * @returns how many; 0 also when another process is at it
 */
export function pruneLog(manager: EntityManager, accountId: string, days: number, limit: number): Promise<number> {
  return manager.transaction(async (transaction) => {
    const [{ isOurs }] = await transaction.query(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS "isOurs"',
      [`event-log:${accountId}`],
    );
    if (!isOurs) return 0;
    // No replay sets a cursor back meanwhile.
    await transaction.query('SELECT FROM consumers WHERE account_id = $1 ORDER BY id FOR SHARE', [accountId]);
    const [{ pruned }] = await transaction.query(
      `WITH reach AS (
         SELECT cursor_transaction_id AS transaction_id, cursor_position AS position
         FROM consumers WHERE account_id = $1
         UNION ALL SELECT pg_snapshot_xmin(pg_current_snapshot()), 0
         ORDER BY transaction_id, position LIMIT 1
       ), oldest AS (
         SELECT event.id, bool_and(event.at < now() - make_interval(days => $2))
           OVER (ORDER BY event.transaction_id, event.position) AS is_past
         FROM reach CROSS JOIN LATERAL (
           SELECT id, transaction_id, position, at FROM contact_events
           WHERE account_id = $1 AND (transaction_id, position) <= (reach.transaction_id, reach.position)
           ORDER BY transaction_id, position LIMIT $3) AS event
       ), deleted AS (
         DELETE FROM contact_events
         WHERE account_id = $1 AND id = ANY (ARRAY (SELECT id FROM oldest WHERE is_past))
         RETURNING transaction_id, position
       ), horizon AS (
         INSERT INTO event_log_horizons (account_id, transaction_id, position)
         SELECT $1, transaction_id, position FROM deleted ORDER BY transaction_id DESC, position DESC LIMIT 1
         ON CONFLICT (account_id) DO UPDATE
           SET transaction_id = excluded.transaction_id, position = excluded.position
       )
       SELECT count(*)::int AS pruned FROM deleted`,
      [accountId, days, limit],
    );
    return pruned;
  });
}

/**
 * The horizon, when events after `place` have been pruned. Ask it after reading on from that place, not before: what
 * was gone by the time of the read then shows here.
 */
export async function findHorizonPast(
  manager: EntityManager,
  accountId: string,
  place: LogPosition,
): Promise<LogPosition | null> {
  const [horizon] = await manager.query(
    `SELECT transaction_id AS "transactionId", position FROM event_log_horizons
     WHERE account_id = $1 AND (transaction_id, position) > ($2::xid8, $3::bigint)`,
    [accountId, place.transactionId, place.position],
  );
  return horizon ?? null;
}
