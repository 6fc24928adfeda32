import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type HealthCheck, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import { ClockService, MAX_TOLERABLE_SKEW_MS } from './clock.service.js';

const RUN_NTP = 'Run NTP on both; from 5 s on no job is taken.';

export const CLOCK_SENTENCES = {
  clock_right: "The clock agrees with the database's.",
  clock_ahead: `The clock is {{seconds}} s ahead of the database's. ${RUN_NTP}`,
  clock_behind: `The clock is {{seconds}} s behind the database's. ${RUN_NTP}`,
};

const result = resultsOf('clock', CLOCK_SENTENCES);

/** Whether this machine's clock agrees with the database's. */
@Injectable()
export class ClockCheck implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecksService,
    private readonly clock: ClockService,
  ) {}

  onModuleInit(): void {
    this.checks.register('clock', () => checkClock(this.clock.skewMs));
  }
}

function checkClock(skewMs: number): HealthCheck {
  if (Math.abs(skewMs) <= MAX_TOLERABLE_SKEW_MS) return result('ok', 'clock_right');
  const seconds = Math.round(Math.abs(skewMs) / 100) / 10;
  return result('failing', skewMs > 0 ? 'clock_ahead' : 'clock_behind', { params: { seconds } });
}
