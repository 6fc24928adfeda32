import { Injectable } from '@nestjs/common';
import { InjectMetric, makeCounterProvider } from '@willsoto/nestjs-prometheus';
import type { Counter } from 'prom-client';
import type { Verdict } from './verdict.js';

const REQUESTS = 'sms_webhook_requests_total';
const VERDICTS = 'sms_inbound_verdicts_total';

/** Counts requests to the SMS webhook and verdicts. */
@Injectable()
export class InboundSmsMetrics {
  constructor(
    @InjectMetric(REQUESTS) private readonly requests: Counter,
    @InjectMetric(VERDICTS) private readonly verdicts: Counter,
  ) {}

  /** @param outcome `accepted`, `duplicate`, `quarantined`, or the errorCode of the refusal */
  received(outcome: string, count: number): void {
    if (count > 0) this.requests.inc({ outcome }, count);
  }

  /** How many requests were refused with 503. Twilio retries these for 15 seconds, then gives up. */
  async countUnavailable(): Promise<number> {
    const { values } = await this.requests.get();
    const refused = values.filter(({ labels: { outcome } }) => /^(database_|overloaded$)/.test(String(outcome)));
    return refused.reduce((total, { value }) => total + value, 0);
  }

  judged(verdict: Verdict, count: number): void {
    if (count > 0) this.verdicts.inc({ verdict }, count);
  }
}

export const inboundSmsMetricProviders = [
  makeCounterProvider({
    name: REQUESTS,
    help: 'Requests to the SMS webhook by outcome: accepted, duplicate, quarantined, spooled, or the reason for the refusal.',
    labelNames: ['outcome'],
  }),
  makeCounterProvider({
    name: VERDICTS,
    help: 'Processed SMS by verdict.',
    labelNames: ['verdict'],
  }),
  InboundSmsMetrics,
];
