import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type RowJob, RowQueue } from '../queue/row-queue.js';

export const STATUS_CHECK_QUEUE = 'outbound-sms-status';

/** Notifies the workers of messages whose status is to be checked at Twilio. */
@Injectable()
export class StatusCheckQueue {
  private readonly jobs: RowQueue;

  constructor(@InjectQueue(STATUS_CHECK_QUEUE) queue: Queue<RowJob>) {
    this.jobs = new RowQueue(queue, 'status');
  }

  /** @throws when the queue does not take the job in time */
  enqueue(messageIds: string[]): Promise<void> {
    return this.jobs.enqueue(messageIds, `at${Date.now()}`);
  }
}
