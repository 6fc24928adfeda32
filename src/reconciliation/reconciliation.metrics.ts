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
    help: "SMS that never came and were fetched from Twilio's list. Above zero is an alarm.",
  }),
  ReconciliationMetrics,
];
