/** Does one thing after another while something waits: whoever brings something calls `start`. */
export class WorkLoop {
  private isRunning = false;
  private running: Promise<void> = Promise.resolve();

  /** @param doNext does what waits, or some of it; an error that leaves it ends the loop until the next start, and rejects `untilIdle` */
  constructor(
    private readonly isWaiting: () => boolean,
    private readonly doNext: () => Promise<void>,
  ) {}

  start(): void {
    if (!this.isRunning) this.running = this.run();
  }

  untilIdle(): Promise<void> {
    return this.running;
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    try {
      while (this.isWaiting()) await this.doNext();
    } finally {
      // In the same breath as the last look: what comes after that starts the loop again.
      this.isRunning = false;
    }
  }
}
