import type { EntityManager } from 'typeorm';
import { newId } from '../common/ids.js';
import type { ContactEvent, LogPosition, NewContactEvent } from './contact-event.js';

/**
 * Appends in the caller's transaction: an event is there exactly when what it tells of is. Who raises the version of a
 * contact: contacts/contact-version.queries.ts.
 */
export async function appendContactEvents(manager: EntityManager, events: NewContactEvent[]): Promise<void> {
  if (events.length === 0) return;
  await manager.query(
    `INSERT INTO contact_events (id, account_id, type, contact_id, message_id, version)
     SELECT id, account_id, type, contact_id, message_id, version
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::int[])
       WITH ORDINALITY AS event (id, account_id, type, contact_id, message_id, version, n)
     ORDER BY n`,
    [
      events.map(() => newId()),
      events.map(({ accountId }) => accountId),
      events.map(({ type }) => type),
      events.map(({ contactId }) => contactId),
      events.map(({ messageId }) => messageId ?? null),
      events.map(({ version }) => version),
    ],
  );
}

/**
 * The next events of an account, in the order of commits and without a gap: only those older than every transaction
 * still in flight, since such a one may yet commit an event with an earlier place.
 */
export function readContactEvents(
  manager: EntityManager,
  accountId: string,
  after: LogPosition,
  limit: number,
): Promise<ContactEvent[]> {
  return manager.query(
    `SELECT id, transaction_id AS "transactionId", position, account_id AS "accountId", type,
       contact_id AS "contactId", message_id AS "messageId", version, at
     FROM contact_events
     WHERE account_id = $1 AND (transaction_id, position) > ($2::xid8, $3::bigint)
       AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY transaction_id, position LIMIT $4`,
    [accountId, after.transactionId, after.position, limit],
  );
}

/** Whether events are committed that cannot be read yet because an older transaction is still in flight. */
export async function hasEventsBehindHorizon(
  manager: EntityManager,
  accountId: string,
  after: LogPosition,
): Promise<boolean> {
  const [{ exists }] = await manager.query(
    `SELECT EXISTS (
       SELECT FROM contact_events WHERE account_id = $1 AND (transaction_id, position) > ($2::xid8, $3::bigint))`,
    [accountId, after.transactionId, after.position],
  );
  return exists;
}

/** The place after which all events lie that are not readable yet. */
export async function findLogEnd(manager: EntityManager): Promise<LogPosition> {
  const [{ xmin }] = await manager.query('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin');
  return { transactionId: xmin, position: '0' };
}

/** What NOTIFY tells the processes that hold event streams: this account's log has grown. */
export const EVENTS_CHANNEL = 'contact_events';

/**
 * Tells every process that the logs of these accounts have grown. In a statement of its own, after the commits it
 * tells of: a NOTIFY inside them would make all commits of the database wait for each other.
 */
export async function notifyStreams(manager: EntityManager, accountIds: string[]): Promise<void> {
  if (accountIds.length === 0) return;
  await manager.query('SELECT pg_notify($1, account_id) FROM unnest($2::text[]) AS account_id', [
    EVENTS_CHANNEL,
    accountIds,
  ]);
}
