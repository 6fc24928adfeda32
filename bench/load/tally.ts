import { build, type Histogram } from 'hdr-histogram-js';
import type { AcceptedSms, Latency, LoadPlan, LoadResult } from './plan.ts';
import { microseconds } from './steady-clock.ts';

/** Counts answers while a load runs. */
export class Tally {
  private readonly plan: LoadPlan;
  private readonly startedAt = microseconds();
  private readonly cpuBefore = process.cpuUsage();
  private lastAnswerAt = this.startedAt;
  private readonly latency = newHistogram();
  private readonly refusedLatency = newHistogram();
  private readonly refusedSinceSent = newHistogram();
  private readonly acceptedSms: AcceptedSms[] = [];
  private accepted = 0;
  private refused = 0;
  private failed = 0;

  constructor(plan: LoadPlan) {
    this.plan = plan;
  }

  get answered(): number {
    return this.accepted + this.refused + this.failed;
  }

  /** @param tookUs since the SMS was due; `sinceSentUs`: since it was actually sent */
  record(status: number, messageSid: string, tookUs: number, sinceSentUs = tookUs): void {
    this.lastAnswerAt = microseconds();
    if (status >= 200 && status < 300) {
      this.accepted++;
      this.latency.recordValue(Math.max(1, Math.round(tookUs)));
      if (this.plan.listAccepted) this.acceptedSms.push({ messageSid, at: this.lastAnswerAt });
    } else if (status === 503) {
      this.refused++;
      this.refusedLatency.recordValue(Math.max(1, Math.round(tookUs)));
      this.refusedSinceSent.recordValue(Math.max(1, Math.round(sinceSentUs)));
    } else this.failed++;
  }

  recordFailures(count: number): void {
    this.failed += count;
  }

  result(sent: number): LoadResult {
    const { user, system } = process.cpuUsage(this.cpuBefore);
    const us = Math.max(1, this.lastAnswerAt - this.startedAt);
    const { accepted, refused, failed, acceptedSms } = this;
    return {
      sent,
      accepted,
      refused,
      failed,
      startedAt: this.startedAt,
      seconds: us / 1e6,
      latency: inMilliseconds(this.latency),
      refusedLatency: inMilliseconds(this.refusedLatency),
      refusedSinceSent: inMilliseconds(this.refusedSinceSent),
      generatorCores: (user + system) / us,
      acceptedSms,
    };
  }
}

/** Takes microseconds up to a minute, with three significant digits. */
export const newHistogram = (): Histogram =>
  build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });

export const inMilliseconds = (histogram: Histogram): Latency => {
  const at = (percentile: number): number => histogram.getValueAtPercentile(percentile) / 1_000;
  return { p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: histogram.maxValue / 1_000 };
};
