import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { SweeperService } from './sweeper.service.js';

/** Sweeps at the start and then every SWEEP_SECONDS. */
@Injectable()
export class SweepTimerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly environment: Environment,
    private readonly sweeper: SweeperService,
  ) {}

  onApplicationBootstrap(): void {
    this.scheduleNext(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private scheduleNext(ms = this.environment.SWEEP_SECONDS * 1_000): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.sweeper.sweep().then(() => this.scheduleNext());
    }, ms);
  }
}
