import { Injectable } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { ClockService } from '../queue/clock.service.js';
import { DrainingService } from './draining.service.js';

/** Whether this process itself should be given work. */
@Injectable()
export class ProcessHealthIndicator {
  constructor(
    private readonly clock: ClockService,
    private readonly draining: DrainingService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  check(key: string): HealthIndicatorResult {
    const indicator = this.indicators.check(key);
    if (this.draining.isDraining) return indicator.down({ message: 'it ends' });
    const clockSkewMs = this.clock.skewMs;
    if (!this.clock.isRight) return indicator.down({ message: 'its clock differs from the database', clockSkewMs });
    return indicator.up();
  }
}
