import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type RowJob, RowQueue } from '../queue/row-queue.js';

export const OUTBOUND_SMS_QUEUE = 'outbound-sms';

/** Tells the workers that a number has something to send, now or from a time on. */
@Injectable()
export class OutboundSmsQueue {
  private readonly logger = new Logger(OutboundSmsQueue.name);
  private readonly jobs: RowQueue;

  constructor(@InjectQueue(OUTBOUND_SMS_QUEUE) queue: Queue<RowJob>) {
    this.jobs = new RowQueue(queue, 'out');
  }

  /**
   * One job for each number and time, however many ask for it.
   * @throws when the queue does not take it in time
   */
  enqueueAt(sendingNumberId: string, at: Date): Promise<void> {
    const delayMs = Math.max(0, at.getTime() - Date.now());
    return this.jobs.enqueue([sendingNumberId], `at${at.getTime()}`, delayMs);
  }

  /** Nobody waits for the queue; what it does not take, the sweeper gives it. */
  enqueueSoon(sendingNumberId: string, at = new Date()): void {
    this.enqueueAt(sendingNumberId, at).catch((error: Error) =>
      this.logger.warn({ err: error }, 'The queue did not take a nudge to send; the sweeper gives it again'),
    );
  }
}
