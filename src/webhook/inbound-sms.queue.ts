import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type Nudge, NudgeQueue } from '../queue/nudge-queue.js';

export const INBOUND_SMS_QUEUE = 'inbound-sms';

/** Tells the workers that rows of the journal wait. */
@Injectable()
export class InboundSmsQueue {
  private readonly logger = new Logger(InboundSmsQueue.name);
  private readonly nudges: NudgeQueue;

  constructor(@InjectQueue(INBOUND_SMS_QUEUE) queue: Queue<Nudge>) {
    this.nudges = new NudgeQueue(queue, 'in');
  }

  /** @throws when the queue does not take it in time */
  nudge(ids: string[], generation: number): Promise<void> {
    return this.nudges.nudge(ids, generation);
  }

  /** For rows that wait from now on: nobody waits for the queue, and what it does not take, the sweeper gives it again. */
  nudgeSoon(ids: string[], generation = 1): void {
    this.nudge(ids, generation).catch((error: Error) =>
      this.logger.warn({ err: error, rows: ids.length }, 'The queue did not take a nudge; the sweeper gives it again'),
    );
  }
}
