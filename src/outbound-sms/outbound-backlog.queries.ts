import type { EntityManager } from 'typeorm';
import type { Backlog } from '../health-checks/backlog.js';

/** Messages to customers that Twilio does not have yet. */
export async function readOutboundBacklog(manager: EntityManager, accountId: string): Promise<Backlog> {
  const [backlog] = await manager.query(
    `SELECT count(*)::int AS count, floor(extract(epoch FROM now() - min(created_at)))::int AS "oldestSeconds"
     FROM outbound_sms WHERE account_id = $1 AND done_at IS NULL`,
    [accountId],
  );
  return backlog;
}
