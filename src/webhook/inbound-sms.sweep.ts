import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SweeperService } from '../queue/sweeper.service.js';
import { type DueRows, makeDueAgain, takeDueRows } from './inbound-sms.queries.js';
import { InboundSmsQueue } from './inbound-sms.queue.js';

const BATCH = 200;
const MOST_BATCHES = 25;

/** Finds rows of the journal whose job never came, and nudges them anew. */
@Injectable()
export class InboundSmsSweep implements OnModuleInit {
  constructor(
    private readonly sweeper: SweeperService,
    private readonly dataSource: DataSource,
    private readonly queue: InboundSmsQueue,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('inbound-sms', () => this.sweep());
  }

  private async sweep(): Promise<number> {
    let nudged = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const due = await takeDueRows(this.dataSource.manager, BATCH);
      if (due === null) break;
      await this.nudge(due);
      nudged += due.ids.length;
    }
    return nudged;
  }

  /** What the queue does not take stays due: once the queue is back, it has waited long enough. */
  private async nudge({ ids, generation }: DueRows): Promise<void> {
    try {
      await this.queue.nudge(ids, generation);
    } catch (error) {
      await makeDueAgain(this.dataSource.manager, ids);
      throw error;
    }
  }
}
