import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type RowJob, RowQueue } from '../queue/row-queue.js';

export const MEDIA_QUEUE = 'media';

/** Notifies the workers of media to fetch. Each medium has a job of its own, so that a slow one delays no other. */
@Injectable()
export class MediaQueue {
  private readonly logger = new Logger(MediaQueue.name);
  private readonly jobs: RowQueue;

  constructor(@InjectQueue(MEDIA_QUEUE) queue: Queue<RowJob>) {
    this.jobs = new RowQueue(queue, 'media');
  }

  /** @throws when the queue does not take the job in time */
  enqueue(id: string, generation: number, delayMs = 0): Promise<void> {
    return this.jobs.enqueue([id], generation, delayMs);
  }

  /** Enqueues rows just committed, without making the caller wait; the sweeper enqueues what the queue does not take. */
  enqueueSoon(ids: string[], generation = 1, delayMs = 0): void {
    Promise.all(ids.map((id) => this.enqueue(id, generation, delayMs))).catch((error: Error) =>
      this.logger.warn(
        { err: error, rows: ids.length },
        'The queue did not take a job; the sweeper enqueues its rows again',
      ),
    );
  }
}
