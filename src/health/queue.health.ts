import { Injectable } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { withDeadline } from '../queue/deadline.js';
import { QueueBackend } from '../queue/queue-backend.js';

/** Whether what BullMQ runs on answers. */
@Injectable()
export class QueueHealthIndicator {
  constructor(
    private readonly backend: QueueBackend,
    private readonly indicators: HealthIndicatorService,
  ) {}

  async check(key: string): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(key);
    try {
      await withDeadline(this.backend.ping(), 2_000, 'asking the queue');
      return indicator.up({ backend: this.backend.kind });
    } catch (error) {
      return indicator.down({ backend: this.backend.kind, message: (error as Error).message });
    }
  }
}
