import type { Queue } from 'bullmq';
import { withDeadline } from './deadline.js';

const ADD_DEADLINE_MS = 2_000;

/** What a job says: these committed rows wait for work. Never a text, a number or a secret. */
export interface Nudge {
  ids: string[];
}

/**
 * A queue of nudges. Rows in PostgreSQL are the truth; a job may come twice, late or never.
 * A nudge that gets lost is given again by the sweeper, as the next generation: BullMQ ignores a job id it remembers.
 */
export class NudgeQueue {
  constructor(
    private readonly queue: Queue<Nudge>,
    private readonly prefix: string,
  ) {}

  /**
   * @param generation what tells this nudge of the same rows from the ones before
   * @throws when the queue does not take the job within 2 s; the rows are safe, the sweeper comes back to them
   */
  async nudge(ids: string[], generation: number | string = 1, delayMs = 0): Promise<void> {
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
    await withDeadline(added, ADD_DEADLINE_MS, `adding to ${this.queue.name}`);
  }
}

/** Of a job's id; 1 for one that nobody nudged again. */
export const generationOf = (jobId: string | undefined): number => Number(/-g(\d+)$/.exec(jobId ?? '')?.[1] ?? 1);
