import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { generationOf, type RowJob } from '../queue/row-queue.js';
import { INBOUND_SMS_QUEUE } from './inbound-sms.queue.js';
import { InboundSmsProcessingService } from './inbound-sms-processing.service.js';
import { InboundWatchdogService } from './inbound-watchdog.service.js';
import { SuspectSmsService } from './suspect-sms.service.js';

/** Each takes along what else waits: more at once are smaller batches, and later ones (docs/decisions/0012-a-door-of-its-own.md). */
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

/** Begun once more than it failed, or nudged for the third time: whoever worked on it may have ended of it. */
const isSuspect = ({ attemptsStarted, attemptsMade, id }: Job<RowJob>): boolean =>
  attemptsStarted > attemptsMade + 1 || generationOf(id) > 2;
