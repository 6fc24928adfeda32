import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HEALTH_CHECKS, type HealthCheck, type HealthState } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import { readInboundBacklog } from '../inbound-sms/inbound-sms-health.queries.js';
import { readOutboundBacklog } from '../outbound-sms/outbound-backlog.queries.js';
import type { BacklogDto, HealthCheckDto, HealthReportDto } from './health-report.dto.js';
import { readFlow } from './health-report.queries.js';
import { ServiceQueues } from './service-queues.queue.js';

/** How the service is, for people: everything that keeps SMS from agents or replies from customers. */
@Injectable()
export class HealthReportService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: ServiceQueues,
    private readonly healthChecks: HealthChecksService,
  ) {}

  async get(accountId: string): Promise<HealthReportDto> {
    const { check, counts } = await this.queues.look();
    const checks = inOrder([check, ...(await this.healthChecks.run(accountId))]);
    const backlog = await this.readBacklog(accountId);
    const flow = await readFlow(this.dataSource.manager, accountId);
    return { status: worstOf(checks), checks: checks as HealthCheckDto[], queues: counts, backlog, flow };
  }

  private async readBacklog(accountId: string): Promise<BacklogDto> {
    const { manager } = this.dataSource;
    const inbound = await readInboundBacklog(manager, accountId);
    const outbound = await readOutboundBacklog(manager, accountId);
    return {
      unprocessed: inbound.count,
      oldestUnprocessedSeconds: inbound.oldestSeconds,
      outboundWaiting: outbound.count,
      oldestOutboundSeconds: outbound.oldestSeconds,
    };
  }
}

const inOrder = (checks: HealthCheck[]): HealthCheck[] =>
  checks.toSorted((a, b) => HEALTH_CHECKS.indexOf(a.name) - HEALTH_CHECKS.indexOf(b.name));

export function worstOf(checks: Pick<HealthCheck, 'state'>[]): HealthState {
  const states = new Set(checks.map(({ state }) => state));
  return (['failing', 'warning'] as const).find((state) => states.has(state)) ?? 'ok';
}
