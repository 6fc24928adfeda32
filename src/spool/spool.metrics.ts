import { Injectable } from '@nestjs/common';
import { InjectMetric, makeCounterProvider, makeGaugeProvider } from '@willsoto/nestjs-prometheus';
import type { Counter, Gauge } from 'prom-client';
import type { SpoolState } from './spool-state.js';

const SPOOLED = 'sms_spool_spooled_total';
const FLUSHED = 'sms_spool_flushed_total';
const SET_ASIDE = 'sms_spool_set_aside_total';
const BYTES = 'sms_spool_bytes';
const OLDEST = 'sms_spool_oldest_seconds';

/** What the spool takes, gives back and holds. */
@Injectable()
export class SpoolMetrics {
  constructor(
    @InjectMetric(SPOOLED) private readonly taken: Counter,
    @InjectMetric(FLUSHED) private readonly given: Counter,
    @InjectMetric(SET_ASIDE) private readonly aside: Counter,
    @InjectMetric(BYTES) private readonly bytes: Gauge,
    @InjectMetric(OLDEST) private readonly oldest: Gauge,
  ) {}

  spooled(count: number, state: SpoolState): void {
    this.taken.inc(count);
    this.show(state);
  }

  flushed(count: number): void {
    this.given.inc(count);
  }

  setAside(): void {
    this.aside.inc();
  }

  show({ bytes, oldestAt }: SpoolState): void {
    this.bytes.set(bytes);
    this.oldest.set(oldestAt === null ? 0 : Math.max(0, (Date.now() - oldestAt.getTime()) / 1_000));
  }
}

export const spoolMetricProviders = [
  makeCounterProvider({ name: SPOOLED, help: 'SMS that went to the spool, since the database could not take them.' }),
  makeCounterProvider({ name: FLUSHED, help: 'SMS that went from the spool into the journal.' }),
  makeCounterProvider({ name: SET_ASIDE, help: 'Records of the spool that nobody could read or store. An alarm.' }),
  makeGaugeProvider({ name: BYTES, help: 'Bytes in the spool, of all processes that share the folder.' }),
  makeGaugeProvider({ name: OLDEST, help: 'Age of what has been in the spool for longest; 0 when it is empty.' }),
  SpoolMetrics,
];
