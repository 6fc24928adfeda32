import { BullRegistrar } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Worker } from 'bullmq';
import { withDeadline } from './deadline.js';
import { OpenWorkers } from './open-workers.js';

const DRAIN_TIMEOUT_MS = 15_000;
const CLOSE_TIMEOUT_MS = 2_000;
const READY_TIMEOUT_MS = 10_000;

/**
 * Starts the workers once every module is initialised, and drains them before any queue closes. Otherwise a job that adds a
 * follow-up job during the shutdown would wait forever (PostgreSQL) or fail (Redis).
 */
@Injectable()
export class WorkersService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WorkersService.name);

  constructor(
    private readonly registrar: BullRegistrar,
    private readonly workers: OpenWorkers,
  ) {}

  /**
   * Runs each worker only once it is ready. A worker on PostgreSQL whose connection breaks while it connects fails again and
   * again, so fast that the process does nothing else.
   * @throws when a worker is not ready in time; then the process must be restarted
   */
  async onApplicationBootstrap(): Promise<void> {
    this.registrar.register();
    const ready = Promise.all([...this.workers].map((worker) => worker.waitUntilReady()));
    await withDeadline(ready, READY_TIMEOUT_MS, 'opening the workers');
    // `run` resolves when the worker is closed; until then the worker itself reports its errors.
    for (const worker of this.workers) void worker.run().catch(() => undefined);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => this.drain(worker)));
  }

  private async drain(worker: Worker): Promise<void> {
    const timer = setTimeout(() => {
      this.logger.warn(
        { queue: worker.name },
        'Closing a worker whose jobs still run; the sweeper enqueues them again',
      );
      void worker.close(true);
    }, DRAIN_TIMEOUT_MS);
    try {
      await withDeadline(worker.close(), DRAIN_TIMEOUT_MS + CLOSE_TIMEOUT_MS, `closing the worker of ${worker.name}`);
    } catch (error) {
      this.logger.warn({ err: error, queue: worker.name }, 'A worker could not be closed');
    } finally {
      clearTimeout(timer);
    }
  }
}
