import type { EntityManager } from 'typeorm';
import type { EntryPointTrafficDto } from './entry-point-traffic.dto.js';

/**
 * One row for each entry point of the account, newest first. What is not judged yet, or never was, counts for the entry
 * point that has its number now.
 */
export function readTraffic(manager: EntityManager, accountId: string, since: Date): Promise<EntryPointTrafficDto[]> {
  return manager.query(
    `WITH counted AS MATERIALIZED (
       SELECT entry_point_id, CASE WHEN entry_point_id IS NULL THEN to_number END AS phone_number, count(*)::int AS received,
         (count(*) FILTER (WHERE verdict = 'accepted'))::int AS accepted, max(received_at) AS last_at
       FROM inbound_sms
       WHERE account_id = $1 AND received_at >= $2 AND verdict IS DISTINCT FROM 'unrouted'
       GROUP BY 1, 2),
     came AS MATERIALIZED (
       SELECT coalesce(counted.entry_point_id, owner.id) AS id, sum(received)::int AS received, sum(accepted)::int AS accepted,
         max(last_at) AS last_at
       FROM counted
         LEFT JOIN entry_points AS owner ON owner.account_id = $1 AND owner.phone_number = counted.phone_number
           AND owner.deleted_at IS NULL
       GROUP BY 1),
     open AS MATERIALIZED (
       SELECT entry_point_id AS id, (count(*) FILTER (WHERE state = 'waiting'))::int AS waiting,
         (count(*) FILTER (WHERE state = 'active'))::int AS active
       FROM contacts WHERE account_id = $1 AND state IN ('waiting', 'active') GROUP BY 1)
     SELECT point.id AS "entryPointId", coalesce(came.received, 0) AS received, coalesce(came.accepted, 0) AS accepted,
       coalesce(open.waiting, 0) AS waiting, coalesce(open.active, 0) AS active,
       greatest(came.last_at, last.received_at) AS "lastReceivedAt"
     FROM entry_points AS point
       LEFT JOIN came ON came.id = point.id
       LEFT JOIN open ON open.id = point.id
       LEFT JOIN LATERAL (
         SELECT received_at FROM inbound_sms WHERE entry_point_id = point.id
         ORDER BY received_at DESC LIMIT 1) AS last ON true
     WHERE point.account_id = $1 AND point.deleted_at IS NULL
     ORDER BY point.id DESC`,
    [accountId, since],
  );
}
