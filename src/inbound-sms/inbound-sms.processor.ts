import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { generationOf, type RowJob } from '../queue/row-queue.js';
import { INBOUND_SMS_QUEUE } from './inbound-sms.queue.js';
import { InboundSmsProcessingService } from './inbound-sms-processing.service.js';
import { InboundWatchdogService } from './inbound-watchdog.service.js';
import { SuspectSmsService } from './suspect-sms.service.js';

/**
 * Each job also processes what else is pending, so more jobs at once would mean smaller and later batches
 * (docs/decisions/0013-a-job-processes-the-whole-backlog.md).
 */
const CONCURRENCY = 2;

@Processor(INBOUND_SMS_QUEUE, { concurrency: CONCURRENCY })
export class InboundSmsProcessor extends WorkerHost {
  constructor(
    private readonly inboundSms: InboundSmsProcessingService,
    private readonly suspects: SuspectSmsService,
    private readonly watchdog: InboundWatchdogService,
  ) {
    super();
  }

  async process(job: Job<RowJob>): Promise<void> {
    this.watchdog.worked();
    try {
      await (isSuspect(job) ? this.suspects : this.inboundSms).process(job.data.ids);
    } finally {
      this.watchdog.worked();
    }
  }
}

/** A job that began more often than it failed, or whose rows were enqueued three times, may have killed its worker. */
const isSuspect = ({ attemptsStarted, attemptsMade, id }: Job<RowJob>): boolean =>
  attemptsStarted > attemptsMade + 1 || generationOf(id) > 2;
