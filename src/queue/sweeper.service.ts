import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { LongWork } from './long-work.js';

/** Nudges rows that were not done in time and answers with how many; ordinary work on a timer answers with nothing. */
export type Sweep = () => Promise<number | void>;

/**
 * Row first, job second, sweep the rest: whatever became of a job (crash, Redis flushed, parked as failed), its rows
 * are found here by their state in PostgreSQL and nudged again. Runs where ROLES has `scheduler`; several may run.
 */
@Injectable()
export class SweeperService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SweeperService.name);
  private readonly sweeps = new Map<string, Sweep>();
  private readonly longWorks: LongWork[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly environment: Environment) {}

  register(name: string, sweep: Sweep): void {
    this.sweeps.set(name, sweep);
  }

  /** For a sweep to start: see LongWork. It has ended when the process does. */
  longWork(name: string, doNext: () => Promise<boolean>, workers = 1): LongWork {
    const work = new LongWork(name, doNext, workers);
    this.longWorks.push(work);
    return work;
  }

  onApplicationBootstrap(): void {
    if (this.environment.has('scheduler')) this.scheduleNext(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await Promise.all([this.running, ...this.longWorks.map((work) => work.stop())]);
  }

  /** Runs every sweep once; one that waits for a dead connection holds up none of the others. */
  async sweep(): Promise<void> {
    await Promise.all([...this.sweeps].map(([name, sweep]) => this.run(name, sweep)));
  }

  private async run(name: string, sweep: Sweep): Promise<void> {
    try {
      const nudged = await sweep();
      if (nudged) this.logger.warn({ sweep: name, nudged }, 'Nudged rows that were not done in time');
    } catch (error) {
      this.logger.error({ err: error, sweep: name }, 'A sweep failed; it is tried again at the next');
    }
  }

  private scheduleNext(ms = this.environment.SWEEP_SECONDS * 1_000): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.sweep().then(() => this.scheduleNext());
    }, ms);
  }
}
