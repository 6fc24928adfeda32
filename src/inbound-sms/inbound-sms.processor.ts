import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { generationOf, type Nudge } from '../queue/row-queue.js';
import { INBOUND_SMS_QUEUE } from './inbound-sms.queue.js';
import { InboundSmsService } from './inbound-sms-processing.service.js';
import { InboundWatchdog } from './inbound-watchdog.service.js';
import { SuspectSmsService } from './suspect-sms.service.js';

/** Each takes along what else waits: more at once are smaller batches, and later ones (docs/decisions/0013-a-job-processes-the-whole-backlog.md). */
const CONCURRENCY = 2;

@Processor(INBOUND_SMS_QUEUE, { concurrency: CONCURRENCY })
export class InboundSmsProcessor extends WorkerHost {
  constructor(
    private readonly inboundSms: InboundSmsService,
    private readonly suspects: SuspectSmsService,
    private readonly watchdog: InboundWatchdog,
  ) {
    super();
  }

  async process(job: Job<Nudge>): Promise<void> {
    this.watchdog.worked();
    try {
      await (isSuspect(job) ? this.suspects : this.inboundSms).process(job.data.ids);
    } finally {
      this.watchdog.worked();
    }
  }
}

/** Begun once more than it failed, or nudged for the third time: whoever worked on it may have ended of it. */
const isSuspect = ({ attemptsStarted, attemptsMade, id }: Job<Nudge>): boolean =>
  attemptsStarted > attemptsMade + 1 || generationOf(id) > 2;
