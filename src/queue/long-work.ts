import { Logger } from '@nestjs/common';

/**
 * Work that a sweep starts but does not wait for, because it calls Twilio, which may be slow. It does one piece after
 * another until none is left or the process shuts down.
 */
export class LongWork {
  private readonly logger = new Logger(LongWork.name);
  private running: Promise<unknown> | undefined;
  private stopped = false;

  /**
   * @param doNext claims one piece and does it; it returns false when none is left
   * @param workers how many pieces are done at the same time
   */
  constructor(
    private readonly name: string,
    private readonly doNext: () => Promise<boolean>,
    private readonly workers: number,
  ) {}

  /** Does nothing while the work is already running. */
  start(): void {
    if (this.stopped || this.running !== undefined) return;
    const workers = Array.from({ length: this.workers }, () => this.work());
    this.running = Promise.all(workers).finally(() => (this.running = undefined));
  }

  /** Stops after the pieces that are being done. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async work(): Promise<void> {
    try {
      while (!this.stopped && (await this.doNext()));
    } catch (error) {
      this.logger.error({ err: error, work: this.name }, 'Background work failed; the next sweep continues it');
    }
  }
}
