import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { LongWork } from './long-work.js';

/** Enqueues rows that were not processed in time and returns how many; other periodic work returns nothing. */
export type Sweep = () => Promise<number | void>;

/**
 * Row first, job second, sweep the rest: whatever became of a job (crash, Redis flushed, parked as failed), its rows
 * are found here by their state in PostgreSQL and enqueued again. Several processes may sweep at once.
 */
@Injectable()
export class SweeperService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SweeperService.name);
  private readonly sweeps = new Map<string, Sweep>();
  private readonly longWorks: LongWork[] = [];

  register(name: string, sweep: Sweep): void {
    this.sweeps.set(name, sweep);
  }

  /** For a sweep to start: see LongWork. It ends with the process. */
  longWork(name: string, doNext: () => Promise<boolean>, workers = 1): LongWork {
    const work = new LongWork(name, doNext, workers);
    this.longWorks.push(work);
    return work;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.longWorks.map((work) => work.stop()));
  }

  /** Runs every sweep once; one that waits for a dead connection holds up none of the others. */
  async sweep(): Promise<void> {
    await Promise.all([...this.sweeps].map(([name, sweep]) => this.run(name, sweep)));
  }

  private async run(name: string, sweep: Sweep): Promise<void> {
    try {
      const enqueued = await sweep();
      if (enqueued) this.logger.warn({ sweep: name, enqueued }, 'Enqueued rows again that were not processed in time');
    } catch (error) {
      this.logger.error({ err: error, sweep: name }, 'A sweep failed; the next one tries again');
    }
  }
}
