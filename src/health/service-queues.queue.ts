import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { MEDIA_QUEUE } from '../media/media.queue.js';
import { OUTBOUND_SMS_QUEUE } from '../outbound-sms/outbound-sms.queue.js';
import { STATUS_CHECK_QUEUE } from '../outbound-sms/status-check.queue.js';
import { withDeadline } from '../queue/deadline.js';
import { INBOUND_SMS_QUEUE } from '../inbound-sms/inbound-sms.queue.js';
import type { HealthCheck } from '../health-checks/health-check.js';
import { QueueBackend } from '../queue/queue-backend.js';
import { checkQueue } from './queue-check.js';
import type { QueueCountsDto } from './health-report.dto.js';

const NAMES = [INBOUND_SMS_QUEUE, OUTBOUND_SMS_QUEUE, STATUS_CHECK_QUEUE, MEDIA_QUEUE];
const DEADLINE_MS = 2_000;

/** The service's own queues, wherever they were registered. */
@Injectable()
export class ServiceQueues {
  constructor(
    private readonly modules: ModuleRef,
    private readonly backend: QueueBackend,
  ) {}

  /** What is in each, and whether they answer. */
  async look(): Promise<{ check: HealthCheck; counts: QueueCountsDto[] }> {
    const { kind } = this.backend;
    try {
      return { counts: await this.count(), check: checkQueue(kind, null) };
    } catch (error) {
      return { counts: [], check: checkQueue(kind, error as Error) };
    }
  }

  /** @throws when one does not answer within 2 s */
  private count(): Promise<QueueCountsDto[]> {
    const counting = Promise.all(NAMES.map((name) => this.countOne(name)));
    return withDeadline(counting, DEADLINE_MS, 'counting jobs');
  }

  private async countOne(name: string): Promise<QueueCountsDto> {
    const queue = this.modules.get<Queue>(getQueueToken(name), { strict: false });
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
    const [oldest] = waiting > 0 ? await queue.getJobs(['waiting'], 0, 0, true) : [];
    const oldestWaitingSeconds = oldest ? Math.max(0, Math.floor((Date.now() - oldest.timestamp) / 1_000)) : null;
    return { name, waiting, active, delayed, failed, oldestWaitingSeconds };
  }
}
