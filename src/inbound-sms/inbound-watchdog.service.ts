import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectMetric, makeGaugeProvider } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { Environment } from '../config/environment.js';
import { endForRestart } from '../queue/end-for-restart.js';
import { OpenWorkers } from '../queue/open-workers.js';
import { readOldestWaitingSeconds } from './inbound-sms-processing.queries.js';

const EVERY_MS = 5_000;
const PATIENCE_SECONDS = 30;
const OLDEST = 'sms_inbound_oldest_waiting_seconds';

export const watchdogMetricProvider = makeGaugeProvider({
  name: OLDEST,
  help: 'Age of the oldest SMS without a verdict; 0 without any. More than 30 is an alarm.',
});

/**
 * Watches the outcome instead of what BullMQ reports: a worker can be dead for good while it claims to run and reports no
 * error. When SMS are pending, the database answers, and this process still takes no job, the process ends.
 */
@Injectable()
export class InboundWatchdogService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(InboundWatchdogService.name);
  private timer: NodeJS.Timeout | undefined;
  private isLate = false;
  /** Since when every check has found pending SMS while no job began or ended here. */
  private stuckSince: number | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly environment: Environment,
    private readonly workers: OpenWorkers,
    @InjectMetric(OLDEST) private readonly oldest: Gauge,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.check(), EVERY_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** To be called whenever a job begins or ends here. */
  worked(): void {
    this.stuckSince = undefined;
  }

  private async check(): Promise<void> {
    const seconds = await readOldestWaitingSeconds(this.dataSource.manager).catch(() => null);
    if (seconds === null) {
      this.stuckSince = undefined; // then the database is the cause
      return;
    }
    this.oldest.set(seconds);
    this.logChange(seconds);
    if (this.workers.size > 0) this.endIfStuck(seconds);
  }

  /** Logs one line when SMS begin to wait for long, and one when that ends. */
  private logChange(seconds: number): void {
    const isLate = seconds > PATIENCE_SECONDS;
    if (isLate && !this.isLate)
      this.logger.error({ seconds }, 'SMS have been pending for too long, although the database answers');
    if (!isLate && this.isLate) this.logger.warn('SMS are processed in time again');
    this.isLate = isLate;
  }

  private endIfStuck(seconds: number): void {
    const limit = this.environment.WATCHDOG_SECONDS;
    if (limit === 0 || seconds <= PATIENCE_SECONDS) {
      this.stuckSince = undefined;
      return;
    }
    this.stuckSince ??= performance.now();
    if (performance.now() - this.stuckSince < limit * 1_000) return;
    this.logger.fatal(
      { seconds, limit },
      'SMS are pending and this worker takes no job: the process ends so that it is restarted',
    );
    this.stuckSince = undefined;
    endForRestart();
  }
}
