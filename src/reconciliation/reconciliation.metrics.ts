import { Injectable } from '@nestjs/common';
import { InjectMetric, makeCounterProvider } from '@willsoto/nestjs-prometheus';
import type { Counter } from 'prom-client';

const RECONCILED = 'sms_reconciled_total';

@Injectable()
export class ReconciliationMetrics {
  constructor(@InjectMetric(RECONCILED) private readonly found: Counter) {}

  reconciled(count: number): void {
    this.found.inc(count);
  }
}

export const reconciliationMetricProviders = [
  makeCounterProvider({
    name: RECONCILED,
    help: 'SMS that Twilio never delivered and that were fetched from its list. Alert above zero.',
  }),
  ReconciliationMetrics,
];
