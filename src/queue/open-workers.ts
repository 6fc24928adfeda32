import type { Worker } from 'bullmq';

/** The workers of this process. While they are held they take no new job; those they have go on. */
export class OpenWorkers extends Set<Worker> {
  private isHeld = false;

  override add(worker: Worker): this {
    if (this.isHeld) void worker.pause(true);
    return super.add(worker);
  }

  hold(isHeld: boolean): void {
    if (isHeld === this.isHeld) return;
    this.isHeld = isHeld;
    for (const worker of this) {
      if (isHeld) void worker.pause(true);
      else void worker.resume();
    }
  }
}
