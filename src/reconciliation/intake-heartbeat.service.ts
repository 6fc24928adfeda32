import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SpoolService } from '../spool/spool.service.js';
import { InboundSmsMetrics } from '../inbound-sms/inbound-sms.metrics.js';
import { beat, requestWalksAfterOutage } from './reconciliation.queries.js';

const BEAT_MS = 5_000;
/** Three missing heartbeats. */
const OUTAGE_SECONDS = 15;

/**
 * Notices when webhooks could not be accepted because no process was up, the machine slept, or the database did not answer.
 * Afterwards it has every number reconciled at once.
 */
@Injectable()
export class IntakeHeartbeatService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(IntakeHeartbeatService.name);
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();
  private refusedBefore = 0;
  private stopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics: InboundSmsMetrics,
    private readonly spool: SpoolService,
  ) {}

  onApplicationBootstrap(): void {
    this.beating = this.beatOn();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.beating;
  }

  private async beatOn(): Promise<void> {
    await this.beat().catch((error: Error) =>
      this.logger.warn({ err: error }, 'The heartbeat could not be stored; it is retried'),
    );
    if (!this.stopped) this.timer = setTimeout(() => (this.beating = this.beatOn()), BEAT_MS);
  }

  private async beat(): Promise<void> {
    // SMS in the spool did arrive and are about to be stored; reconciling now would count them as missing.
    if ((await this.spool.measure()) > 0) return;
    const refused = await this.metrics.countUnavailable();
    await this.dataSource.transaction(async (manager) => {
      const seconds = await beat(manager);
      const refusedNow = refused - this.refusedBefore;
      if (seconds < OUTAGE_SECONDS && refusedNow === 0) return;
      this.logger.warn(
        { seconds: Math.round(seconds), refused: refusedNow },
        'Webhooks could not be accepted for a while; all numbers are reconciled now',
      );
      await requestWalksAfterOutage(manager);
    });
    this.refusedBefore = refused;
  }
}
