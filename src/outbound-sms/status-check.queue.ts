import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type Nudge, NudgeQueue } from '../queue/row-queue.js';

export const STATUS_CHECK_QUEUE = 'outbound-sms-status';

/** Tells the workers to ask Twilio what became of messages. */
@Injectable()
export class StatusCheckQueue {
  private readonly nudges: NudgeQueue;

  constructor(@InjectQueue(STATUS_CHECK_QUEUE) queue: Queue<Nudge>) {
    this.nudges = new NudgeQueue(queue, 'status');
  }

  /** @throws when the queue does not take it in time */
  nudge(messageIds: string[]): Promise<void> {
    return this.nudges.nudge(messageIds, `at${Date.now()}`);
  }
}
