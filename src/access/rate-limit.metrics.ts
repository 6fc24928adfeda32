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
    help: 'API requests answered 429, by the limit that was exceeded: reads, writes or expensive.',
    labelNames: ['limit'],
  }),
  RateLimitMetrics,
];
