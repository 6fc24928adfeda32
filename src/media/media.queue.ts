import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type RowJob, RowQueue } from '../queue/row-queue.js';

export const MEDIA_QUEUE = 'media';

/** Tells the workers that media wait to be fetched. One job each: a slow one holds up no other. */
@Injectable()
export class MediaQueue {
  private readonly logger = new Logger(MediaQueue.name);
  private readonly jobs: RowQueue;

  constructor(@InjectQueue(MEDIA_QUEUE) queue: Queue<RowJob>) {
    this.jobs = new RowQueue(queue, 'media');
  }

  /** @throws when the queue does not take it in time */
  enqueue(id: string, generation: number, delayMs = 0): Promise<void> {
    return this.jobs.enqueue([id], generation, delayMs);
  }

  /** For rows committed just now: nobody waits for the queue, and what it does not take, the sweeper gives it again. */
  enqueueSoon(ids: string[], generation = 1, delayMs = 0): void {
    Promise.all(ids.map((id) => this.enqueue(id, generation, delayMs))).catch((error: Error) =>
      this.logger.warn({ err: error, rows: ids.length }, 'The queue did not take a nudge; the sweeper gives it again'),
    );
  }
}
