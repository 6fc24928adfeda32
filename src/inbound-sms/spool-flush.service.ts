import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SpoolService } from '../spool/spool.service.js';
import { IntakeService } from './intake.service.js';
import { SpoolDrainService } from './spool-drain.service.js';

const EVERY_MS = 1_000;
/** With so few left, the intake moves the rest itself. */
const MAX_REST = 200;
const MAX_ROUNDS = 1_000;

/** Empties the spool as soon as the database takes what is in it. */
@Injectable()
export class SpoolFlushService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SpoolFlushService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private hasRetriedSetAside = false;

  constructor(
    private readonly spool: SpoolService,
    private readonly intake: IntakeService,
    private readonly drain: SpoolDrainService,
  ) {}

  onApplicationBootstrap(): void {
    if (this.spool.isOn) this.scheduleNext(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private scheduleNext(ms = EVERY_MS): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.flush()
        .catch((error: Error) => this.logger.debug({ err: error }, 'The spool is kept until the database takes it'))
        .then(() => this.scheduleNext());
    }, ms);
  }

  /** @throws when the database cannot take it yet */
  private async flush(): Promise<void> {
    if (!this.hasRetriedSetAside) await this.drain.retrySetAside();
    this.hasRetriedSetAside = true;
    let flushed = 0;
    // Each round leaves only what arrived meanwhile, which is less.
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const count = await this.drain.drain();
      flushed += count;
      if (count < MAX_REST) break;
    }
    if (flushed === 0) return;
    this.intake.journalIsBack();
    this.logger.warn({ flushed }, 'Everything from the spool is in the journal now');
  }
}
