import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Environment } from '../config/environment.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { addNewNumbers, claimNumber } from './number-claims.queries.js';
import { NumberWalkService } from './number-walk.service.js';
import { requestWalks } from './reconciliation.queries.js';

const WALKERS = 4;

/** Walks the numbers that are due. Any number of schedulers may do it at once: each number is claimed by one. */
@Injectable()
export class ReconciliationSweep implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReconciliationSweep.name);
  private walking: Promise<unknown> | undefined;
  private isFirst = true;
  private stopped = false;

  constructor(
    private readonly environment: Environment,
    private readonly dataSource: DataSource,
    private readonly sweeper: SweeperService,
    private readonly walks: NumberWalkService,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('reconciliation', () => this.sweep());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.walking;
  }

  /** Starts walking, and does not wait for it: the other sweeps must not wait for Twilio. */
  private async sweep(): Promise<void> {
    const { manager } = this.dataSource;
    await addNewNumbers(manager, this.environment.RECONCILE_MINUTES);
    // Whoever starts does not know for how long nobody was there.
    if (this.isFirst) await requestWalks(manager, null);
    this.isFirst = false;
    if (this.stopped || this.walking !== undefined) return;
    const walkers = Array.from({ length: WALKERS }, () => this.walkWhatIsDue());
    this.walking = Promise.all(walkers).finally(() => (this.walking = undefined));
  }

  private async walkWhatIsDue(): Promise<void> {
    try {
      while (!this.stopped) {
        const number = await claimNumber(this.dataSource.manager, this.environment.RECONCILE_MINUTES);
        if (number === null) return;
        await this.walks.walk(number);
      }
    } catch (error) {
      this.logger.error({ err: error }, 'Reconciliation stopped; the next sweep goes on with it');
    }
  }
}
