import { InjectQueue } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkLoop } from '../common/work-loop.js';
import { type RowJob, RowQueue } from '../queue/row-queue.js';

export const INBOUND_SMS_QUEUE = 'inbound-sms';
const MAX_JOB_SIZE = 200;
/** The gap between two jobs is this many times what adding the last one took: a busy queue gets fewer, larger jobs. */
const GAP_FACTOR = 4;
const MAX_GAP_MS = 20;
const POLL_MS = 20;
/** Shorter than the time after which the sweeper enqueues a row (`job_due_at`). */
const MAX_HOLD_MS = 5_000;

/** Notifies the workers of pending rows of the journal. */
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

  /** No request arrives any more; what the last ones stored is enqueued before the queue closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.enqueuing.untilIdle();
  }

  /** Enqueues a row that is to be processed again. */
  enqueueAgain(id: string, generation: number): void {
    this.enqueue([id], generation).catch((error: Error) => this.logNotEnqueued(error, 1));
  }

  /** @throws when the queue does not take the job in time */
  enqueue(ids: string[], generation: number): Promise<void> {
    return this.jobs.enqueue(ids, generation);
  }

  /** While held, nothing is enqueued for at most 5 s: storing SMS takes precedence over processing them. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
  }

  /**
   * Enqueues new rows without making the caller wait; the sweeper enqueues again what the queue does not take. After a
   * pause the first row is enqueued at once, and those that follow soon after share the next job.
   */
  enqueueSoon(ids: string[]): void {
    this.waiting.push(...ids);
    this.enqueuing.start();
  }

  private async enqueueWaiting(): Promise<void> {
    await this.untilReleased();
    const startedAt = performance.now();
    await this.enqueueAll(this.waiting.splice(0));
    await sleep(Math.min(MAX_GAP_MS, GAP_FACTOR * (performance.now() - startedAt)));
  }

  private async untilReleased(): Promise<void> {
    for (const until = Date.now() + MAX_HOLD_MS; this.isHeld && Date.now() < until;) await sleep(POLL_MS);
  }

  private async enqueueAll(ids: string[]): Promise<void> {
    for (let first = 0; first < ids.length; first += MAX_JOB_SIZE) {
      try {
        await this.enqueue(ids.slice(first, first + MAX_JOB_SIZE), 1);
      } catch (error) {
        // The other batches would time out too, while ever more rows wait here.
        return this.logNotEnqueued(error as Error, ids.length - first);
      }
    }
  }

  private logNotEnqueued(err: Error, rows: number): void {
    this.logger.warn({ err, rows }, 'The queue did not take a job; the sweeper enqueues its rows again');
  }
}
