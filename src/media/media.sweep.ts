import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SweeperService } from '../queue/sweeper.service.js';
import { type DueMedia, makeMediaDueAgain, takeDueMedia } from './media-fetch.queries.js';
import { MediaQueue } from './media.queue.js';

const BATCH = 200;

/** Finds media whose job never came, and nudges them anew. */
@Injectable()
export class MediaSweep implements OnModuleInit {
  constructor(
    private readonly sweeper: SweeperService,
    private readonly dataSource: DataSource,
    private readonly queue: MediaQueue,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('media', () => this.sweep());
  }

  private async sweep(): Promise<number> {
    const due = await takeDueMedia(this.dataSource.manager, BATCH);
    await this.nudge(due);
    return due.length;
  }

  /** What the queue does not take stays due: once the queue is back, it has waited long enough. */
  private async nudge(due: DueMedia[]): Promise<void> {
    try {
      await Promise.all(due.map(({ id, generation }) => this.queue.nudge(id, generation)));
    } catch (error) {
      await makeMediaDueAgain(
        this.dataSource.manager,
        due.map(({ id }) => id),
      );
      throw error;
    }
  }
}
