import type { EntityManager } from 'typeorm';
import type { EntryPointTrafficDto } from './entry-point-traffic.dto.js';

/**
 * One row for each entry point of the account, newest first. What is not judged yet, or never was, counts for the entry
 * point that has its number now.
 */
export function readTraffic(manager: EntityManager, accountId: string, since: Date): Promise<EntryPointTrafficDto[]> {
  return manager.query(
    `WITH came AS MATERIALIZED (
       SELECT coalesce(sms.entry_point_id, owner.id) AS id, count(*)::int AS received,
         (count(*) FILTER (WHERE sms.verdict = 'accepted'))::int AS accepted, max(sms.received_at) AS last_at
       FROM inbound_sms AS sms
         LEFT JOIN entry_points AS owner ON sms.entry_point_id IS NULL AND owner.account_id = sms.account_id
           AND owner.phone_number = sms.to_number AND owner.deleted_at IS NULL
       WHERE sms.account_id = $1 AND sms.received_at >= $2 AND sms.verdict IS DISTINCT FROM 'unrouted'
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
