import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type RowJob, RowQueue } from '../queue/row-queue.js';

export const OUTBOUND_SMS_QUEUE = 'outbound-sms';

/** Notifies the workers that a number has something to send, now or at a later time. */
@Injectable()
export class OutboundSmsQueue {
  private readonly logger = new Logger(OutboundSmsQueue.name);
  private readonly jobs: RowQueue;

  constructor(@InjectQueue(OUTBOUND_SMS_QUEUE) queue: Queue<RowJob>) {
    this.jobs = new RowQueue(queue, 'out');
  }

  /**
   * Adds one job per number and time, however often it is called.
   * @throws when the queue does not take the job in time
   */
  enqueueAt(sendingNumberId: string, at: Date): Promise<void> {
    const delayMs = Math.max(0, at.getTime() - Date.now());
    return this.jobs.enqueue([sendingNumberId], `at${at.getTime()}`, delayMs);
  }

  /** Enqueues without making the caller wait; the sweeper enqueues what the queue does not take. */
  enqueueSoon(sendingNumberId: string, at = new Date()): void {
    this.enqueueAt(sendingNumberId, at).catch((error: Error) =>
      this.logger.warn({ err: error }, 'The queue did not take a job; the sweeper enqueues the number again'),
    );
  }
}
