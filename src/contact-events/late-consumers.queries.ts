import type { EntityManager } from 'typeorm';

/** A consumer that has not been given all its events. */
export interface LateConsumer {
  name: string;
  lastError: string | null;
  /** When the oldest event happened that is not in its queue. */
  since: Date;
}

export function findLateConsumers(manager: EntityManager, accountId: string): Promise<LateConsumer[]> {
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
