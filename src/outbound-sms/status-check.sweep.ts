import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Environment } from '../config/environment.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { takeDueStatusChecks } from './status-check.queries.js';
import { StatusCheckQueue } from './status-check.queue.js';

const BATCH = 20;
const MAX_BATCHES = 25;

/** Finds messages without a final status for a day, because callbacks get lost. */
@Injectable()
export class StatusCheckSweep implements OnModuleInit {
  constructor(
    private readonly sweeper: SweeperService,
    private readonly dataSource: DataSource,
    private readonly queue: StatusCheckQueue,
    private readonly environment: Environment,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('outbound-sms-status', () => this.sweep());
  }

  /** Claims and enqueues in one transaction: what the queue does not take stays due for the next sweep. */
  private async sweep(): Promise<void> {
    const { STATUS_CHECK_HOURS } = this.environment;
    for (let batch = 0; batch < MAX_BATCHES; batch++) {
      const count = await this.dataSource.transaction(async (manager) => {
        const ids = await takeDueStatusChecks(manager, STATUS_CHECK_HOURS, BATCH);
        if (ids.length > 0) await this.queue.enqueue(ids);
        return ids.length;
      });
      if (count < BATCH) return;
    }
  }
}
