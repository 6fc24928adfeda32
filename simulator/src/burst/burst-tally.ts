import type { Delivery, Message } from '../message/message.ts';
import type { CustomerPlan } from './burst-plan.ts';

export interface NotAccepted {
  messageSid: string;
  from: string;
  body: string;
  status: number;
  error?: string;
}

const MAX_LISTED = 1_000;

export const isAccepted = (delivery: Delivery) =>
  (delivery.status >= 200 && delivery.status < 300) ||
  (delivery.fallback !== undefined && delivery.fallback.status >= 200 && delivery.fallback.status < 300);

/** Counts texts (sent, accepted, rejected, dropped, forged) and deliveries (retries, duplicates, and by status). */
export class BurstTally {
  readonly #startedAt = Date.now();
  readonly #started = performance.now();
  #finished: number | undefined;
  readonly #latencies: number[] = [];
  readonly #perCustomer: { from: string; to: string; sent: number; accepted: number }[];
  readonly #statuses: Record<string, number> = {};
  readonly #notAccepted: NotAccepted[] = [];
  sent = 0;
  accepted = 0;
  rejected = 0;
  /** Sent to a Messaging Service without a webhook. */
  dropped = 0;
  retried = 0;
  duplicates = 0;
  forged = 0;
  forgedAccepted = 0;

  constructor(plan: CustomerPlan[]) {
    this.#perCustomer = plan.map(({ from, to }) => ({ from, to: to.phoneNumber, sent: 0, accepted: 0 }));
  }

  countSent(customer: CustomerPlan) {
    this.sent++;
    this.#perCustomer[customer.index - 1]!.sent++;
  }

  countDelivery(delivery: Delivery) {
    this.#statuses[delivery.status] = (this.#statuses[delivery.status] ?? 0) + 1;
    if (isAccepted(delivery)) this.#latencies.push(delivery.ms);
  }

  countForged(delivery: Delivery) {
    this.forged++;
    if (isAccepted(delivery)) this.forgedAccepted++;
  }

  countAccepted(customer: CustomerPlan) {
    this.accepted++;
    this.#perCustomer[customer.index - 1]!.accepted++;
  }

  countRejected(message: Message, { status, error }: Delivery) {
    this.rejected++;
    if (this.#notAccepted.length >= MAX_LISTED) return;
    this.#notAccepted.push({ messageSid: message.sid, from: message.from!, body: message.body, status, error });
  }

  finish() {
    this.#finished = performance.now();
  }

  report() {
    const durationMs = (this.#finished ?? performance.now()) - this.#started;
    return {
      startedAt: new Date(this.#startedAt).toISOString(),
      durationMs: Math.round(durationMs),
      sent: this.sent,
      accepted: this.accepted,
      rejected: this.rejected,
      dropped: this.dropped,
      retried: this.retried,
      duplicates: this.duplicates,
      forged: this.forged,
      forgedAccepted: this.forgedAccepted,
      acceptedPerSecond: Math.round((this.accepted / durationMs) * 10_000) / 10,
      latencyMs: percentilesOf(this.#latencies),
      statuses: this.#statuses,
      notAccepted: this.#notAccepted,
    };
  }

  get perCustomer() {
    return this.#perCustomer;
  }
}

function percentilesOf(latencies: number[]) {
  const sorted = Float64Array.from(latencies).toSorted();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
