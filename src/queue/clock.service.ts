import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OpenWorkers } from './open-workers.js';

const CHECK_INTERVAL_MS = 30_000;
/** The timeouts of jobs and sessions are off by the skew. */
export const MAX_TOLERABLE_SKEW_MS = 1_000;
/** BullMQ on PostgreSQL leases jobs by the worker's clock: a worker whose clock is fast takes jobs from other workers. */
const MAX_SAFE_SKEW_MS = 5_000;

/** Measures the skew between this machine's clock and that of the database, by which everything is ordered. */
@Injectable()
export class ClockService implements OnModuleInit, BeforeApplicationShutdown {
  /** The minimum that the skew can be; positive when this machine's clock is ahead. */
  skewMs = 0;
  private readonly logger = new Logger(ClockService.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly workers: OpenWorkers,
  ) {}

  /** Runs before any worker takes a job. */
  async onModuleInit(): Promise<void> {
    await this.check();
    this.timer = setInterval(() => this.check().catch(() => undefined), CHECK_INTERVAL_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  get isRight(): boolean {
    return Math.abs(this.skewMs) <= MAX_TOLERABLE_SKEW_MS;
  }

  async check(): Promise<void> {
    const askedAt = Date.now();
    const [{ ms }] = await this.dataSource.query('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms');
    this.skewMs = leastSkew(askedAt, Date.now(), ms);
    const seconds = this.skewMs / 1_000;
    const isDangerous = Math.abs(this.skewMs) > MAX_SAFE_SKEW_MS;
    this.workers.setPaused(isDangerous);
    if (isDangerous) {
      this.logger.error(
        { seconds },
        "The clock differs too much from the database's: no job is taken. Run NTP on both",
      );
    } else if (!this.isRight) this.logger.warn({ seconds }, "The clock differs from the database's. Run NTP on both");
  }
}

/** The database read its clock at some time between the query and the answer: only a time outside of that proves a skew. */
export function leastSkew(askedAt: number, answeredAt: number, theirs: number): number {
  if (theirs < askedAt) return askedAt - theirs;
  return theirs > answeredAt ? answeredAt - theirs : 0;
}
