import { Injectable } from '@nestjs/common';
import { InjectMetric, makeCounterProvider } from '@willsoto/nestjs-prometheus';
import type { Counter } from 'prom-client';

const REFUSED = 'sms_api_rate_limited_total';

@Injectable()
export class RateLimitMetrics {
  constructor(@InjectMetric(REFUSED) private readonly requests: Counter) {}

  refused(limit: string): void {
    this.requests.inc({ limit });
  }
}

export const rateLimitMetricProviders = [
  makeCounterProvider({
    name: REFUSED,
    help: 'API requests answered with 429, by what there were too many of: reads, writes, expensive.',
    labelNames: ['limit'],
  }),
  RateLimitMetrics,
];
