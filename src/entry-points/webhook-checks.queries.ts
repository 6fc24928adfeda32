import type { EntityManager } from 'typeorm';
import type { WebhookState } from './webhook-state.js';

/** Twilio was away: it is asked again so soon. */
const MINUTES_AFTER_FAILURE = 1;
/** One was changed just when its account was being looked at, and may have been left out. */
const SECONDS_AFTER_RACE = 3;

/**
 * Locks one account whose webhooks are due to be looked at: after the minutes given, and at once when an entry point is
 * new or has another number, or when another Twilio account was connected. Of several schedulers one gets it.
 * @returns null when none is due
 */
export async function lockDueAccount(manager: EntityManager, minutes: number): Promise<string | null> {
  const rows: { id: string }[] = await manager.query(
    `SELECT account.id FROM accounts AS account
       JOIN telephony_connections AS connection
         ON connection.account_id = account.id AND connection.auth_token IS NOT NULL
     WHERE EXISTS (
       SELECT FROM entry_points AS point WHERE point.account_id = account.id AND point.deleted_at IS NULL AND (
         account.webhooks_checked_at IS NULL
         OR account.webhooks_checked_at < connection.updated_at
         OR account.webhooks_checked_at < now() - $1 * interval '1 minute'
         OR (point.webhook_state = 'unknown' AND (
           account.webhooks_checked_at < now() - least($1, $2) * interval '1 minute'
           OR (point.webhook_checked_at IS NULL
             AND account.webhooks_checked_at < greatest(point.updated_at, now() - $3 * interval '1 second'))))))
     ORDER BY account.webhooks_checked_at NULLS FIRST
     -- An SMS that comes in holds on to its account, and must neither wait for this nor keep it away.
     LIMIT 1 FOR NO KEY UPDATE OF account SKIP LOCKED`,
    [minutes, MINUTES_AFTER_FAILURE, SECONDS_AFTER_RACE],
  );
  return rows[0]?.id ?? null;
}

/** What was found of an entry point's webhook. */
export interface FoundWebhook {
  id: string;
  /** Of the number that was looked at; the entry point may have moved on since. */
  phoneNumberSid: string;
  state: WebhookState;
  /** Whether the number sends and takes pictures; null when the number was not seen. */
  mms: boolean | null;
  /** When it was last looked at before; undefined to note what was found whoever has looked meanwhile. */
  lastCheckedAt?: Date | null;
}

export interface NotedWebhook {
  id: string;
  state: WebhookState;
  was: WebhookState;
  /** Whether this was the first look. */
  isFirst: boolean;
}

/** Notes what was found, as of `checkedAt`. It is no change of the entry point: `version` and `updated_at` stay. */
export async function noteWebhooks(
  manager: EntityManager,
  accountId: string,
  found: FoundWebhook[],
  checkedAt: Date,
): Promise<NotedWebhook[]> {
  const [rows] = await manager.query(
    `UPDATE entry_points AS point SET webhook_state = found.state, webhook_checked_at = $2,
       mms = coalesce(found.mms, point.mms),
       -- Also when somebody has set it at Twilio by hand: from then on its SMS should come.
       webhook_set_at = CASE found.state WHEN 'set' THEN coalesce(point.webhook_set_at, $2) ELSE point.webhook_set_at END
     FROM unnest($3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::boolean[], $8::timestamptz[])
         AS found (id, sid, state, mms, is_certain, last_checked_at)
       JOIN entry_points AS before ON before.id = found.id
     WHERE point.account_id = $1 AND point.id = found.id AND point.phone_number_sid = found.sid
       AND (found.is_certain OR date_trunc('milliseconds', point.webhook_checked_at)
         IS NOT DISTINCT FROM found.last_checked_at)
     RETURNING point.id, point.webhook_state AS state, before.webhook_state AS was,
       before.webhook_checked_at IS NULL AS "isFirst"`,
    [
      accountId,
      checkedAt,
      found.map(({ id }) => id),
      found.map(({ phoneNumberSid }) => phoneNumberSid),
      found.map(({ state }) => state),
      found.map(({ mms }) => mms),
      found.map(({ lastCheckedAt }) => lastCheckedAt === undefined),
      found.map(({ lastCheckedAt }) => lastCheckedAt ?? null),
    ],
  );
  return rows;
}

/** How many active entry points there are with each state of the webhook, over all accounts. */
export function countWebhookStates(manager: EntityManager): Promise<{ state: WebhookState; count: number }[]> {
  return manager.query(
    `SELECT webhook_state AS state, count(*)::int AS count FROM entry_points
     WHERE deleted_at IS NULL AND state = 'active' GROUP BY 1`,
  );
}

export interface UnsetWebhook {
  id: string;
  name: string;
  state: Exclude<WebhookState, 'set'>;
  checkedAt: Date | null;
}

/** Entry points that are on, and that Twilio's settings keep SMS away from as far as is known. */
export function findUnsetWebhooks(manager: EntityManager, accountId: string): Promise<UnsetWebhook[]> {
  return manager.query(
    `SELECT id, name, webhook_state AS state, webhook_checked_at AS "checkedAt" FROM entry_points
     WHERE account_id = $1 AND deleted_at IS NULL AND state = 'active' AND webhook_state <> 'set'
     ORDER BY webhook_checked_at, id`,
    [accountId],
  );
}
