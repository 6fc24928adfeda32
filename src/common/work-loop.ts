/** Does one thing after another while something is pending. Call `start` after adding something. */
export class WorkLoop {
  private isRunning = false;
  private running: Promise<void> = Promise.resolve();

  /** @param doNext does some or all of what is pending. If it throws, the loop stops until the next `start`, and `untilIdle` rejects */
  constructor(
    private readonly isPending: () => boolean,
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
      while (this.isPending()) await this.doNext();
    } finally {
      // No await since the last check, so that whatever is added later starts the loop again.
      this.isRunning = false;
    }
  }
}
