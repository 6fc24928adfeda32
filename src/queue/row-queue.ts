import type { Queue } from 'bullmq';
import { withDeadline } from './deadline.js';

const ADD_TIMEOUT_MS = 2_000;

/** A job holds the ids of pending, committed rows. It never holds a text, a phone number or a secret. */
export interface RowJob {
  ids: string[];
}

/**
 * A queue whose jobs hold the ids of rows. The rows in PostgreSQL are the source of truth; a job may run twice, late or never.
 * The sweeper replaces a lost job by one of the next generation, because BullMQ ignores a job id that it still knows.
 */
export class RowQueue {
  constructor(
    private readonly queue: Queue<RowJob>,
    private readonly prefix: string,
  ) {}

  /**
   * @param generation distinguishes this job from earlier jobs for the same rows
   * @throws when the queue does not accept the job within 2 s; the rows are safe, and the sweeper enqueues them again
   */
  async enqueue(ids: string[], generation: number | string = 1, delayMs = 0): Promise<void> {
    const added = this.queue.add(
      this.queue.name,
      { ids },
      {
        jobId: `${this.prefix}-${ids[0]}-g${generation}`,
        delay: delayMs,
        attempts: 5,
        backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
        removeOnComplete: true,
        removeOnFail: { age: 7 * 24 * 3600, count: 1_000 },
      },
    );
    await withDeadline(added, ADD_TIMEOUT_MS, `adding to ${this.queue.name}`);
  }
}

/** The generation in a job id (1 for the first job of a row). */
export const generationOf = (jobId: string | undefined): number => Number(/-g(\d+)$/.exec(jobId ?? '')?.[1] ?? 1);
