import { Logger } from '@nestjs/common';

/**
 * Work that a sweep starts and does not wait for, since it asks Twilio, which may take its time: one piece after the
 * other, until none is left or the process ends.
 */
export class LongWork {
  private readonly logger = new Logger(LongWork.name);
  private running: Promise<unknown> | undefined;
  private stopped = false;

  /**
   * @param doNext claims one piece and does it; false when none is left
   * @param workers that many pieces at a time
   */
  constructor(
    private readonly name: string,
    private readonly doNext: () => Promise<boolean>,
    private readonly workers: number,
  ) {}

  /** Does nothing while it is at work. */
  start(): void {
    if (this.stopped || this.running !== undefined) return;
    const workers = Array.from({ length: this.workers }, () => this.work());
    this.running = Promise.all(workers).finally(() => (this.running = undefined));
  }

  /** Ends after the pieces at hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async work(): Promise<void> {
    try {
      while (!this.stopped && (await this.doNext()));
    } catch (error) {
      this.logger.error({ err: error, work: this.name }, 'Work on a timer stopped; the next sweep goes on with it');
    }
  }
}
