import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type Nudge, NudgeQueue } from '../queue/nudge-queue.js';

export const INBOUND_SMS_QUEUE = 'inbound-sms';
const LARGEST_JOB = 500;

/** Tells the workers that rows of the journal wait. */
@Injectable()
export class InboundSmsQueue {
  private readonly logger = new Logger(InboundSmsQueue.name);
  private readonly nudges: NudgeQueue;
  private readonly waiting: string[] = [];
  private nudging: Promise<void> | undefined;

  constructor(@InjectQueue(INBOUND_SMS_QUEUE) queue: Queue<Nudge>) {
    this.nudges = new NudgeQueue(queue, 'in');
  }

  /** For one that is to be judged again. */
  nudgeAgain(id: string, generation: number): void {
    this.nudge([id], generation).catch((error: Error) => this.tellNotTaken(error, 1));
  }

  /** @throws when the queue does not take it in time */
  nudge(ids: string[], generation: number): Promise<void> {
    return this.nudges.nudge(ids, generation);
  }

  /**
   * For rows that wait from now on: nobody waits for the queue, and what it does not take, the sweeper gives it again.
   * Rows that come while a job is on its way there share the next one.
   */
  nudgeSoon(ids: string[]): void {
    this.waiting.push(...ids);
    this.nudging ??= this.nudgeWaiting().finally(() => (this.nudging = undefined));
  }

  private async nudgeWaiting(): Promise<void> {
    while (this.waiting.length > 0) {
      const ids = this.waiting.splice(0, LARGEST_JOB);
      try {
        await this.nudge(ids, 1);
      } catch (error) {
        // A queue that is away is not asked for each of them: they would become more and more.
        this.tellNotTaken(error as Error, ids.length + this.waiting.splice(0).length);
      }
    }
  }

  private tellNotTaken(err: Error, rows: number): void {
    this.logger.warn({ err, rows }, 'The queue did not take a nudge; the sweeper gives it again');
  }
}
