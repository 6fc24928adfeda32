import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OpenWorkers } from './open-workers.js';

const EVERY_MS = 30_000;
/** Time-outs of jobs and sessions are off by as much. */
export const TOLERABLE_SKEW_MS = 1_000;
/** BullMQ on PostgreSQL locks jobs by the worker's clock: one that is fast takes jobs that others work on. */
const DANGEROUS_SKEW_MS = 5_000;

/** How far this machine's clock is from the database's, by which everything is ordered. */
@Injectable()
export class ClockService implements OnModuleInit, BeforeApplicationShutdown {
  /** At least this much; positive when this machine is fast. */
  skewMs = 0;
  private readonly logger = new Logger(ClockService.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly workers: OpenWorkers,
  ) {}

  /** Before any worker takes a job. */
  async onModuleInit(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => this.look().catch(() => undefined), EVERY_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  get isRight(): boolean {
    return Math.abs(this.skewMs) <= TOLERABLE_SKEW_MS;
  }

  async look(): Promise<void> {
    const askedAt = Date.now();
    const [{ ms }] = await this.dataSource.query('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms');
    this.skewMs = leastSkew(askedAt, Date.now(), ms);
    const seconds = this.skewMs / 1_000;
    const isDangerous = Math.abs(this.skewMs) > DANGEROUS_SKEW_MS;
    this.workers.hold(isDangerous);
    if (isDangerous) this.logger.error({ seconds }, "The clock is far from the database's: no job is taken. Run NTP");
    else if (!this.isRight) this.logger.warn({ seconds }, "The clock differs from the database's. Run NTP on both");
  }
}

/** The database looked at its clock at some time between question and answer: only what is outside of that is skew. */
export function leastSkew(askedAt: number, answeredAt: number, theirs: number): number {
  if (theirs < askedAt) return askedAt - theirs;
  return theirs > answeredAt ? answeredAt - theirs : 0;
}
