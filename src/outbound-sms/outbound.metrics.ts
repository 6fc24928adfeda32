import { Injectable } from '@nestjs/common';
import { InjectMetric, makeCounterProvider } from '@willsoto/nestjs-prometheus';
import type { Counter } from 'prom-client';
import type { MessageStatus } from '../twilio-integration/message-status.js';

const STATUSES = 'sms_outbound_statuses_total';
const HAND_OVERS = 'sms_outbound_hand_overs_total';
const SENT_TWICE = 'sms_outbound_sent_twice_total';

/** Counts outbound messages. */
@Injectable()
export class OutboundMetrics {
  constructor(
    @InjectMetric(STATUSES) private readonly statuses: Counter,
    @InjectMetric(HAND_OVERS) private readonly handOvers: Counter,
    @InjectMetric(SENT_TWICE) private readonly twice: Counter,
  ) {}

  moved(status: MessageStatus): void {
    this.statuses.inc({ status });
  }

  handedOver(outcome: string): void {
    this.handOvers.inc({ outcome });
  }

  sentTwice(): void {
    this.twice.inc();
  }
}

export const outboundMetricProviders = [
  makeCounterProvider({
    name: STATUSES,
    help: 'Messages to customers by the status they reached.',
    labelNames: ['status'],
  }),
  makeCounterProvider({
    name: HAND_OVERS,
    help: 'Attempts to hand a message to Twilio: taken, found (Twilio had it already), refused, not_taken, uncertain.',
    labelNames: ['outcome'],
  }),
  makeCounterProvider({
    name: SENT_TWICE,
    help: 'Messages that Twilio has twice. Alert above zero.',
  }),
  OutboundMetrics,
];
