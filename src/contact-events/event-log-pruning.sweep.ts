import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Environment } from '../config/environment.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { findAccountsToPrune, pruneLog } from './event-log-pruning.queries.js';

// Small, since a writing transaction anywhere holds back what others may read of the log until it ends.
const BATCH = 2_000;
const MAX_BATCHES = 50;

/** Deletes contact events older than EVENT_RETENTION_DAYS, but none that a consumer has not had yet. */
@Injectable()
export class EventLogPruningSweep implements OnModuleInit {
  private readonly logger = new Logger(EventLogPruningSweep.name);

  constructor(
    private readonly sweeper: SweeperService,
    private readonly manager: EntityManager,
    private readonly environment: Environment,
  ) {}

  onModuleInit(): void {
    if (this.environment.EVENT_RETENTION_DAYS === 0) return;
    this.sweeper.register('event-log-pruning', () => this.sweep());
  }

  async sweep(): Promise<void> {
    const days = this.environment.EVENT_RETENTION_DAYS;
    const accountIds = await findAccountsToPrune(this.manager, days, MAX_BATCHES);
    let pruned = 0;
    for (let batches = 0; accountIds.length > 0 && batches < MAX_BATCHES; batches++) {
      const accountId = accountIds[0]!;
      const count = await pruneLog(this.manager, accountId, days, BATCH);
      if (count < BATCH) accountIds.shift();
      pruned += count;
    }
    if (pruned > 0) this.logger.log({ pruned, days }, 'Pruned contact events past their retention');
  }
}
