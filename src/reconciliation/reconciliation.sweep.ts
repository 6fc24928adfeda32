import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Environment } from '../config/environment.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { addNewNumbers, claimNumber } from './number-claims.queries.js';
import { NumberWalkService } from './number-walk.service.js';
import { requestWalks } from './reconciliation.queries.js';

const WALKERS = 4;

/** Walks the numbers that are due. Several schedulers may do so at once: each number is claimed by one. */
@Injectable()
export class ReconciliationSweep implements OnModuleInit {
  private isFirst = true;

  constructor(
    private readonly environment: Environment,
    private readonly dataSource: DataSource,
    private readonly sweeper: SweeperService,
    private readonly walks: NumberWalkService,
  ) {}

  onModuleInit(): void {
    const walking = this.sweeper.longWork('reconciliation', () => this.walkNext(), WALKERS);
    this.sweeper.register('reconciliation', async () => {
      await this.prepare();
      walking.start();
    });
  }

  private async prepare(): Promise<void> {
    const { manager } = this.dataSource;
    await addNewNumbers(manager, this.environment.RECONCILE_MINUTES);
    // A process that starts does not know for how long none was running.
    if (this.isFirst) await requestWalks(manager, null);
    this.isFirst = false;
  }

  private async walkNext(): Promise<boolean> {
    const number = await claimNumber(this.dataSource.manager, this.environment.RECONCILE_MINUTES);
    if (number === null) return false;
    await this.walks.walk(number);
    return true;
  }
}
