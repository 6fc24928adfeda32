import type { EntityManager } from 'typeorm';
import type { WebhookState } from '../entry-points/webhook-state.js';
import type { BacklogDto, FlowMinuteDto } from './health-report.dto.js';

export async function readBacklog(manager: EntityManager, accountId: string): Promise<BacklogDto> {
  const [backlog] = await manager.query(
    `SELECT * FROM (
         SELECT count(*)::int AS unprocessed,
           floor(extract(epoch FROM now() - min(received_at)))::int AS "oldestUnprocessedSeconds"
         FROM inbound_sms WHERE account_id = $1 AND processed_at IS NULL) AS inbound
       CROSS JOIN (
         SELECT count(*)::int AS "outboundWaiting",
           floor(extract(epoch FROM now() - min(created_at)))::int AS "oldestOutboundSeconds"
         FROM outbound_sms WHERE account_id = $1 AND done_at IS NULL) AS outbound`,
    [accountId],
  );
  return backlog;
}

const FLOW_START = `date_trunc('minute', now()) - interval '14 minutes'`;

/** The last 15 minutes, also those in which nothing happened. */
export function readFlow(manager: EntityManager, accountId: string): Promise<FlowMinuteDto[]> {
  return manager.query(
    `SELECT minute, coalesce(received, 0) AS received, coalesce(accepted, 0) AS accepted, coalesce(replied, 0) AS replied
     FROM generate_series(${FLOW_START}, now(), interval '1 minute') AS minute
       LEFT JOIN (
         SELECT date_trunc('minute', received_at) AS minute, count(*)::int AS received,
           (count(*) FILTER (WHERE verdict = 'accepted'))::int AS accepted
         FROM inbound_sms WHERE account_id = $1 AND received_at >= ${FLOW_START} GROUP BY 1) AS came USING (minute)
       LEFT JOIN (
         SELECT date_trunc('minute', created_at) AS minute, count(*)::int AS replied
         FROM outbound_sms WHERE account_id = $1 AND created_at >= ${FLOW_START} AND origin = 'agent'
         GROUP BY 1) AS wrote USING (minute)
     ORDER BY minute`,
    [accountId],
  );
}

export interface UnsetWebhook {
  id: string;
  name: string;
  state: Exclude<WebhookState, 'set'>;
  checkedAt: Date | null;
}

/** Entry points that are on, and that Twilio's settings keep SMS away from as far as is known. */
export function readUnsetWebhooks(manager: EntityManager, accountId: string): Promise<UnsetWebhook[]> {
  return manager.query(
    `SELECT id, name, webhook_state AS state, webhook_checked_at AS "checkedAt" FROM entry_points
     WHERE account_id = $1 AND deleted_at IS NULL AND state = 'active' AND webhook_state <> 'set'
     ORDER BY webhook_checked_at, id`,
    [accountId],
  );
}

export interface DeadLetters {
  count: number;
  since: Date | null;
}

export async function readDeadLetters(manager: EntityManager, accountId: string): Promise<DeadLetters> {
  const [deadLetters] = await manager.query(
    `SELECT count(*)::int AS count, min(processed_at) AS since FROM inbound_sms
     WHERE account_id = $1 AND verdict = 'dead_letter' AND discarded_at IS NULL`,
    [accountId],
  );
  return deadLetters;
}

/** How the journal compares with Twilio's list. */
export interface Reconciliation {
  /** SMS that never came and were fetched from the list, in the last 24 hours. */
  fetched: number;
  fetchedSince: Date | null;
  /** Why the list of a number cannot be read, of the one for which that is so longest. */
  lastError: string | null;
  failingSince: Date | null;
  /** Since when a number of a connected account should have been looked at, and nobody did. */
  overdueSince: Date | null;
}

export async function readReconciliation(manager: EntityManager, accountId: string): Promise<Reconciliation> {
  const [reconciliation] = await manager.query(
    `SELECT * FROM (
         SELECT count(*)::int AS fetched, min(received_at) AS "fetchedSince" FROM inbound_sms
         WHERE account_id = $1 AND source = 'reconciled' AND received_at > now() - interval '24 hours') AS found
       CROSS JOIN (
         SELECT min(failing_since) AS "failingSince",
           (array_agg(last_error ORDER BY failing_since) FILTER (WHERE failing_since IS NOT NULL))[1] AS "lastError",
           min(greatest(due_at, connection.updated_at)) AS "overdueSince"
         FROM reconciliations AS number JOIN telephony_connections AS connection USING (account_id)
         WHERE account_id = $1 AND connection.auth_token IS NOT NULL AND EXISTS (
           SELECT FROM entry_points AS point WHERE point.account_id = number.account_id
             AND point.phone_number = number.phone_number AND point.webhook_set_at IS NOT NULL)) AS walks`,
    [accountId],
  );
  return reconciliation;
}

/** A consumer that has not been given all its events. */
export interface LateConsumer {
  name: string;
  lastError: string | null;
  /** When the oldest event happened that is not in its queue. */
  since: Date;
}

export function readLateConsumers(manager: EntityManager, accountId: string): Promise<LateConsumer[]> {
  return manager.query(
    `SELECT consumer.name, consumer.last_error AS "lastError", next.at AS since
     FROM consumers AS consumer CROSS JOIN LATERAL (
       SELECT at FROM contact_events WHERE account_id = $1
         AND (transaction_id, position) > (consumer.cursor_transaction_id, consumer.cursor_position)
       ORDER BY transaction_id, position LIMIT 1) AS next
     WHERE consumer.account_id = $1 AND next.at < now() - interval '30 seconds'
     ORDER BY next.at`,
    [accountId],
  );
}
