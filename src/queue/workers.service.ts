import { BullRegistrar } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Worker } from 'bullmq';
import { withDeadline } from './deadline.js';
import { OpenWorkers } from './open-workers.js';

const DRAIN_MS = 15_000;
const CLOSE_MS = 2_000;
const READY_MS = 10_000;

/**
 * Starts the workers once every module is up, and drains them before any queue closes: a job that adds a follow-up
 * while Nest shuts down would otherwise wait for ever (PostgreSQL) or fail (Redis).
 */
@Injectable()
export class WorkersService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WorkersService.name);

  constructor(
    private readonly registrar: BullRegistrar,
    private readonly workers: OpenWorkers,
  ) {}

  /**
   * A worker on PostgreSQL whose connection breaks while it is made fails for good, and so fast, over and over, that the
   * process does nothing else any more. So it runs once it is ready.
   * @throws when one is not; then the process must start anew
   */
  async onApplicationBootstrap(): Promise<void> {
    this.registrar.register();
    const ready = Promise.all([...this.workers].map((worker) => worker.waitUntilReady()));
    await withDeadline(ready, READY_MS, 'opening the workers');
    // It ends when the worker is closed; what goes wrong meanwhile the worker reports itself.
    for (const worker of this.workers) void worker.run().catch(() => undefined);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => this.drain(worker)));
  }

  private async drain(worker: Worker): Promise<void> {
    const timer = setTimeout(() => {
      this.logger.warn({ queue: worker.name }, 'Jobs still run; closing without them, the sweeper brings them back');
      void worker.close(true);
    }, DRAIN_MS);
    try {
      await withDeadline(worker.close(), DRAIN_MS + CLOSE_MS, `closing the worker of ${worker.name}`);
    } catch (error) {
      this.logger.warn({ err: error, queue: worker.name }, 'A worker is left as it is');
    } finally {
      clearTimeout(timer);
    }
  }
}
