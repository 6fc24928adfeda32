import type { Worker } from 'bullmq';

/** The workers of this process. Paused workers take no new jobs, but finish those that they have. */
export class OpenWorkers extends Set<Worker> {
  private isPaused = false;

  override add(worker: Worker): this {
    if (this.isPaused) void worker.pause(true);
    return super.add(worker);
  }

  setPaused(isPaused: boolean): void {
    if (isPaused === this.isPaused) return;
    this.isPaused = isPaused;
    for (const worker of this) {
      if (isPaused) void worker.pause(true);
      else void worker.resume();
    }
  }
}
