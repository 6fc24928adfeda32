import type { EntityManager } from 'typeorm';
import type { ReconciliationDto } from './reconciliation.dto.js';

/** SQL: the entry point that owns the number of the row `number`, or owned it last, and whose webhook is or was set. */
export const OWNER_OF_NUMBER = `(
  SELECT id, webhook_set_at, deleted_at FROM entry_points
  WHERE account_id = number.account_id AND phone_number = number.phone_number AND webhook_set_at IS NOT NULL
  ORDER BY deleted_at DESC NULLS FIRST LIMIT 1)`;

/** Every number of the account that is reconciled, with the entry point that owns or owned it. */
export function readReconciliations(manager: EntityManager, accountId: string): Promise<ReconciliationDto[]> {
  return manager.query(
    `SELECT number.phone_number AS "phoneNumber", point.id AS "entryPointId", watermark,
       walked_at AS "lastWalkAt", due_at AS "nextWalkAt", found_count::int AS "foundMissing",
       last_found_at AS "lastFoundAt", failing_since AS "failingSince", last_error AS "lastError"
     FROM reconciliations AS number CROSS JOIN LATERAL ${OWNER_OF_NUMBER} AS point
     WHERE number.account_id = $1 ORDER BY number.phone_number`,
    [accountId],
  );
}

/** Makes every number due now, of one account or of all. */
export async function requestWalks(manager: EntityManager, accountId: string | null): Promise<void> {
  await manager.query('UPDATE reconciliations SET due_at = now() WHERE $1::uuid IS NULL OR account_id = $1', [
    accountId,
  ]);
}

/** Makes every number due now, including its newest SMS: while nobody answered, none of them can be on its way. */
export async function requestWalksAfterOutage(manager: EntityManager): Promise<void> {
  await manager.query('UPDATE reconciliations SET due_at = now(), take_until = now()');
}

/**
 * Records that this process accepts webhooks now.
 * @returns for how many seconds no process was known to
 */
export async function beat(manager: EntityManager): Promise<number> {
  const [[{ seconds }]] = await manager.query(
    `UPDATE intake_heartbeat SET beaten_at = now()
     FROM (SELECT beaten_at FROM intake_heartbeat FOR UPDATE) AS before
     RETURNING extract(epoch FROM now() - before.beaten_at)::float AS seconds`,
  );
  return seconds;
}

/** Those of these MessageSids that are in the journal. */
export async function findKnown(
  manager: EntityManager,
  accountSid: string,
  messageSids: string[],
): Promise<Set<string>> {
  const rows: { sid: string }[] = await manager.query(
    `SELECT twilio_message_sid AS sid FROM inbound_sms WHERE account_sid = $1 AND twilio_message_sid = ANY ($2)`,
    [accountSid, messageSids],
  );
  return new Set(rows.map(({ sid }) => sid));
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
