import { BullRegistrar } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Worker } from 'bullmq';

const DRAIN_MS = 20_000;

/** The workers of this process. */
export class OpenWorkers extends Set<Worker> {}

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

  onApplicationBootstrap(): void {
    this.registrar.register();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => this.drain(worker)));
  }

  private async drain(worker: Worker): Promise<void> {
    const timer = setTimeout(() => {
      this.logger.warn({ queue: worker.name }, 'Jobs still run; closing without them, the sweeper brings them back');
      void worker.close(true);
    }, DRAIN_MS);
    await worker.close();
    clearTimeout(timer);
  }
}
