import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Environment } from '../config/environment.js';
import { findReasonUnreachable } from '../entry-points/webhook-url.js';
import { ClockService } from '../queue/clock.service.js';
import { QueueBackend } from '../queue/queue-backend.js';
import { SpoolService } from '../spool/spool.service.js';
import { TelephonyService } from '../twilio-integration/telephony.service.js';
import { RefusedRequestsService } from '../webhook/refused-requests.service.js';
import { DurabilityService } from './durability.service.js';
import {
  checkClock,
  checkDatabase,
  checkDeadLetters,
  checkDurability,
  checkEventConsumers,
  checkInboundBacklog,
  checkOutboundBacklog,
  checkQueue,
  checkReconciliation,
  checkSignatures,
  checkSpool,
  checkTelephony,
  checkWebhooks,
  worstOf,
} from './health-checks.js';
import type { HealthCheckDto, HealthReportDto, QueueCountsDto } from './health-report.dto.js';
import {
  readBacklog,
  readDeadLetters,
  readFlow,
  readLateConsumers,
  readReconciliation,
  readUnsetWebhooks,
} from './health-report.queries.js';
import { ServiceQueues } from './service-queues.queue.js';

/** How the service is, for people: everything that keeps SMS from agents or replies from customers. */
@Injectable()
export class HealthReportService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: ServiceQueues,
    private readonly backend: QueueBackend,
    private readonly telephony: TelephonyService,
    private readonly refused: RefusedRequestsService,
    private readonly environment: Environment,
    private readonly spool: SpoolService,
    private readonly durability: DurabilityService,
    private readonly clock: ClockService,
  ) {}

  async get(accountId: string): Promise<HealthReportDto> {
    const { manager } = this.dataSource;
    const { publicUrl, TWILIO_API_BASE_URL } = this.environment;
    const database = await this.askDatabase();
    const queue = await this.askQueues();
    const backlog = await readBacklog(manager, accountId);
    const unreachable = findReasonUnreachable(publicUrl, TWILIO_API_BASE_URL);
    const checks = [
      database,
      queue.check,
      checkTelephony(await this.telephony.get(accountId)),
      checkWebhooks(await readUnsetWebhooks(manager, accountId), publicUrl, unreachable),
      checkSignatures(this.refused.find(accountId)),
      checkReconciliation(await readReconciliation(manager, accountId)),
      checkInboundBacklog(backlog),
      checkOutboundBacklog(backlog),
      checkEventConsumers(await readLateConsumers(manager, accountId)),
      checkDeadLetters(await readDeadLetters(manager, accountId)),
      ...(await this.askProcess()),
    ];
    const flow = await readFlow(manager, accountId);
    return { status: worstOf(checks), checks, queues: queue.counts, backlog, flow };
  }

  private async askProcess(): Promise<HealthCheckDto[]> {
    return [
      checkSpool(this.spool.isOn ? this.spool.state : null),
      ...checkDurability(await this.durability.findRisks()),
      checkClock(this.clock.skewMs),
    ];
  }

  private async askDatabase(): Promise<HealthCheckDto> {
    const asked = performance.now();
    const [{ version }] = await this.dataSource.query(
      `SELECT split_part(current_setting('server_version'), ' ', 1) AS version`,
    );
    return checkDatabase(version, performance.now() - asked);
  }

  private async askQueues(): Promise<{ check: HealthCheckDto; counts: QueueCountsDto[] }> {
    const { kind } = this.backend;
    try {
      return { counts: await this.queues.count(), check: checkQueue(kind, null) };
    } catch (error) {
      return { counts: [], check: checkQueue(kind, error as Error) };
    }
  }
}
