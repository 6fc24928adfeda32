import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { LongWork } from './long-work.js';

/** Enqueues rows that were not processed in time and returns how many; other periodic work returns nothing. */
export type Sweep = () => Promise<number | void>;

/**
 * Row first, job second, sweep the rest: whatever happened to a job (crash, flushed Redis, failed for good), the sweeps find
 * its rows by their state in PostgreSQL and enqueue them again. Several processes may sweep at the same time.
 */
@Injectable()
export class SweeperService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SweeperService.name);
  private readonly sweeps = new Map<string, Sweep>();
  private readonly longWorks: LongWork[] = [];

  register(name: string, sweep: Sweep): void {
    this.sweeps.set(name, sweep);
  }

  /** Creates a LongWork for a sweep to start; it stops when the process shuts down. */
  longWork(name: string, doNext: () => Promise<boolean>, workers = 1): LongWork {
    const work = new LongWork(name, doNext, workers);
    this.longWorks.push(work);
    return work;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.longWorks.map((work) => work.stop()));
  }

  /** Runs every sweep once, concurrently, so that one that waits for a dead connection does not delay the others. */
  async sweep(): Promise<void> {
    await Promise.all([...this.sweeps].map(([name, sweep]) => this.run(name, sweep)));
  }

  private async run(name: string, sweep: Sweep): Promise<void> {
    try {
      const enqueued = await sweep();
      if (enqueued) this.logger.warn({ sweep: name, enqueued }, 'Enqueued rows again that were not processed in time');
    } catch (error) {
      this.logger.error({ err: error, sweep: name }, 'A sweep failed; it runs again at the next interval');
    }
  }
}
