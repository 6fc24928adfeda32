import { InjectQueue } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkLoop } from '../common/work-loop.js';
import { type RowJob, RowQueue } from '../queue/row-queue.js';

export const INBOUND_SMS_QUEUE = 'inbound-sms';
const MAX_JOB_SIZE = 200;
/** Between two jobs, in times of what the queue took for the one before: the busier it is, the more SMS share a job. */
const GAP = 4;
const MAX_GAP_MS = 20;
const LOOK_MS = 20;
/** Shorter than the sweeper waits for a row (`job_due_at`). */
const MAX_HOLD_MS = 5_000;

/** Tells the workers that rows of the journal wait. */
@Injectable()
export class InboundSmsQueue implements BeforeApplicationShutdown {
  private readonly logger = new Logger(InboundSmsQueue.name);
  private readonly jobs: RowQueue;
  private readonly waiting: string[] = [];
  private readonly enqueuing = new WorkLoop(
    () => this.waiting.length > 0,
    () => this.enqueueWaiting(),
  );
  private isHeld = false;

  constructor(@InjectQueue(INBOUND_SMS_QUEUE) queue: Queue<RowJob>) {
    this.jobs = new RowQueue(queue, 'in');
  }

  /** No request comes any more: what the last ones brought goes to the queue before that closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.enqueuing.untilIdle();
  }

  /** For one that is to be judged again. */
  enqueueAgain(id: string, generation: number): void {
    this.enqueue([id], generation).catch((error: Error) => this.tellNotTaken(error, 1));
  }

  /** @throws when the queue does not take it in time */
  enqueue(ids: string[], generation: number): Promise<void> {
    return this.jobs.enqueue(ids, generation);
  }

  /** Held, it gives the queue nothing for at most 5 s: storing what comes goes before working on it. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
  }

  /**
   * For rows that wait from now on: nobody waits for the queue, and what it does not take, the sweeper gives it again.
   * After a pause the first goes at once; what comes soon after it shares the next job.
   */
  enqueueSoon(ids: string[]): void {
    this.waiting.push(...ids);
    this.enqueuing.start();
  }

  private async enqueueWaiting(): Promise<void> {
    await this.untilReleased();
    const startedAt = performance.now();
    await this.enqueueAll(this.waiting.splice(0));
    await sleep(Math.min(MAX_GAP_MS, GAP * (performance.now() - startedAt)));
  }

  private async untilReleased(): Promise<void> {
    for (const until = Date.now() + MAX_HOLD_MS; this.isHeld && Date.now() < until;) await sleep(LOOK_MS);
  }

  private async enqueueAll(ids: string[]): Promise<void> {
    for (let first = 0; first < ids.length; first += MAX_JOB_SIZE) {
      try {
        await this.enqueue(ids.slice(first, first + MAX_JOB_SIZE), 1);
      } catch (error) {
        // A queue that is away is not asked for each of them: they would become more and more.
        return this.tellNotTaken(error as Error, ids.length - first);
      }
    }
  }

  private tellNotTaken(err: Error, rows: number): void {
    this.logger.warn({ err, rows }, 'The queue did not take a nudge; the sweeper gives it again');
  }
}
