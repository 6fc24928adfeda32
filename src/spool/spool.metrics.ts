import { Injectable } from '@nestjs/common';
import { InjectMetric, makeCounterProvider, makeGaugeProvider } from '@willsoto/nestjs-prometheus';
import type { Counter, Gauge } from 'prom-client';
import type { SpoolState } from './spool-state.js';

const SPOOLED = 'sms_spool_spooled_total';
const FLUSHED = 'sms_spool_flushed_total';
const SET_ASIDE = 'sms_spool_set_aside_total';
const BYTES = 'sms_spool_bytes';
const OLDEST = 'sms_spool_oldest_seconds';

@Injectable()
export class SpoolMetrics {
  constructor(
    @InjectMetric(SPOOLED) private readonly spooledTotal: Counter,
    @InjectMetric(FLUSHED) private readonly flushedTotal: Counter,
    @InjectMetric(SET_ASIDE) private readonly setAsideTotal: Counter,
    @InjectMetric(BYTES) private readonly bytes: Gauge,
    @InjectMetric(OLDEST) private readonly oldest: Gauge,
  ) {}

  spooled(count: number, state: SpoolState): void {
    this.spooledTotal.inc(count);
    this.show(state);
  }

  flushed(count: number): void {
    this.flushedTotal.inc(count);
  }

  setAside(): void {
    this.setAsideTotal.inc();
  }

  show({ bytes, oldestAt }: SpoolState): void {
    this.bytes.set(bytes);
    this.oldest.set(oldestAt === null ? 0 : Math.max(0, (Date.now() - oldestAt.getTime()) / 1_000));
  }
}

export const spoolMetricProviders = [
  makeCounterProvider({ name: SPOOLED, help: 'SMS written to the spool because the database could not store them.' }),
  makeCounterProvider({ name: FLUSHED, help: 'SMS moved from the spool into the journal.' }),
  makeCounterProvider({
    name: SET_ASIDE,
    help: 'Records of the spool that could not be read or stored. Alert on any increase.',
  }),
  makeGaugeProvider({ name: BYTES, help: 'Bytes in the spool, from all processes that share the folder.' }),
  makeGaugeProvider({ name: OLDEST, help: 'Age of the oldest segment in the spool; 0 when the spool is empty.' }),
  SpoolMetrics,
];
