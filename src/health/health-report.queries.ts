import type { EntityManager } from 'typeorm';
import type { FlowMinuteDto } from './health-report.dto.js';

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
