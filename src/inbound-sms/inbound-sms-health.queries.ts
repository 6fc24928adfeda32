import type { EntityManager } from 'typeorm';
import type { Backlog } from '../health-checks/backlog.js';

/** SMS without a verdict. */
export async function readInboundBacklog(manager: EntityManager, accountId: string): Promise<Backlog> {
  const [backlog] = await manager.query(
    `SELECT count(*)::int AS count, floor(extract(epoch FROM now() - min(received_at)))::int AS "oldestSeconds"
     FROM inbound_sms WHERE account_id = $1 AND processed_at IS NULL`,
    [accountId],
  );
  return backlog;
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
