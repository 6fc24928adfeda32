import { setTimeout as wait } from 'node:timers/promises';
import type { Inbound, InboundSms } from '../inbound/inbound.ts';
import type { Delivery } from '../message/message.ts';
import { planBurst, type BurstOptions, type CustomerPlan } from './burst-plan.ts';
import { BurstTally, isAccepted } from './burst-tally.ts';

const FIRST_BACKOFF_MS = 50;
const MAX_BACKOFF_MS = 2_000;
const LATEST_DUPLICATE_MS = 400;

/** Each customer texts like a person: the next text only after the one before was answered. Customers text at once. */
export class Burst {
  readonly id: string;
  readonly options: BurstOptions;
  readonly finished: Promise<void>;
  readonly #inbound: Inbound;
  readonly #tally: BurstTally;
  readonly #stopped = new AbortController();
  readonly #deadlineAt: number;
  readonly #startedAt = performance.now();
  /** Customers whose turn it is, from `#head` on; one that has texted joins again at the end. */
  readonly #ready: Customer[];
  #head = 0;
  #slots = 0;
  readonly #late: Promise<void>[] = [];
  #state: 'running' | 'done' | 'stopped' = 'running';

  constructor(id: string, options: BurstOptions, inbound: Inbound, onChange: () => void) {
    this.id = id;
    this.options = options;
    this.#inbound = inbound;
    const pacedMs = options.ratePerSecond ? (options.count * 1_000) / options.ratePerSecond : 0;
    this.#deadlineAt = options.untilAccepted ? this.#startedAt + pacedMs + options.deadlineMs : Infinity;
    const plan = planBurst(options);
    this.#tally = new BurstTally(plan);
    this.#ready = plan.map((customer) => ({ plan: customer, step: 0, taken: [] }));
    this.finished = this.#run(onChange);
  }

  stop() {
    if (this.#state === 'running') this.#state = 'stopped';
    this.#stopped.abort();
  }

  report({ perCustomer = this.#state !== 'running' } = {}) {
    const { count, customers, to, seed, ratePerSecond, trouble, untilAccepted, deadlineMs } = this.options;
    return {
      id: this.id,
      state: this.#state,
      done: this.#state !== 'running',
      count,
      customers,
      to: to.map((number) => number.phoneNumber),
      seed,
      ratePerSecond,
      trouble,
      untilAccepted,
      deadlineMs,
      unsent: count - this.#tally.sent,
      ...this.#tally.report(),
      ...(perCustomer && { perCustomer: this.#tally.perCustomer }),
    };
  }

  async #run(onChange: () => void) {
    const lanes = Math.min(this.options.concurrency, this.#ready.length);
    await Promise.all(Array.from({ length: lanes }, () => this.#lane(onChange)));
    await Promise.all(this.#late);
    this.#tally.finish();
    this.#ready.length = 0;
    if (this.#state === 'running') this.#state = 'done';
    onChange();
  }

  /** Ends when nobody waits for a turn: the customers still busy are in the other lanes. */
  async #lane(onChange: () => void) {
    for (let customer; this.#state === 'running' && (customer = this.#ready[this.#head]);) {
      this.#head++;
      await this.#keepRate();
      if (this.#stopped.signal.aborted || performance.now() >= this.#deadlineAt) return;
      await this.#sendNext(customer);
      if (customer.step < customer.plan.order.length) this.#ready.push(customer);
      onChange();
    }
  }

  async #keepRate() {
    if (!this.options.ratePerSecond) return;
    const slotAt = this.#startedAt + (this.#slots++ * 1_000) / this.options.ratePerSecond;
    await this.#pause(slotAt - performance.now());
  }

  async #sendNext(customer: Customer) {
    const text = customer.plan.order[customer.step++]!;
    const sms = this.#take(customer, text);
    this.#tally.countSent(customer.plan);
    if (!sms) return void this.#tally.dropped++;

    const fate = customer.plan.fates[text - 1]!;
    if (fate === 'wrong_signature') {
      return this.#tally.countForged(await this.#inbound.deliver(sms, { wrongSignature: true }));
    }
    const copies = fate === 'twice_together' ? [this.#deliver(sms), this.#deliver(sms)] : [this.#deliver(sms)];
    this.#tally.duplicates += copies.length - 1;
    const deliveries = await Promise.all(copies);
    const last = deliveries.find(isAccepted) ?? (await this.#insist(sms, deliveries[0]!));
    if (isAccepted(last)) this.#tally.countAccepted(customer.plan);
    else this.#tally.countRejected(sms.message, last);
    if (fate === 'twice_later') this.#late.push(this.#deliverLater(sms));
  }

  /** Twilio took the texts in the order in which they were written, also those it delivers the other way round. */
  #take(customer: Customer, text: number): InboundSms | undefined {
    const { index, from, to } = customer.plan;
    while (customer.taken.length < text) {
      const body = `burst ${this.id} customer ${index} text ${customer.taken.length + 1}`;
      customer.taken.push(this.#inbound.take({ from, number: to, body }));
    }
    const sms = customer.taken[text - 1];
    customer.taken[text - 1] = undefined;
    return sms;
  }

  async #deliver(sms: InboundSms): Promise<Delivery> {
    const delivery = await this.#inbound.deliver(sms);
    this.#tally.countDelivery(delivery);
    return delivery;
  }

  async #insist(sms: InboundSms, failed: Delivery): Promise<Delivery> {
    let last = failed;
    let backoff = FIRST_BACKOFF_MS;
    while (this.options.untilAccepted && !isAccepted(last) && performance.now() < this.#deadlineAt) {
      await this.#pause(Math.min(backoff, this.#deadlineAt - performance.now()));
      if (this.#stopped.signal.aborted) return last;
      this.#tally.retried++;
      last = await this.#deliver(sms);
      backoff = Math.min(backoff * 2, MAX_BACKOFF_MS);
    }
    return last;
  }

  async #deliverLater(sms: InboundSms) {
    await this.#pause(Math.random() * LATEST_DUPLICATE_MS);
    if (this.#stopped.signal.aborted) return;
    this.#tally.duplicates++;
    await this.#deliver(sms);
  }

  /** Cut short when the burst is stopped. */
  async #pause(ms: number) {
    if (ms > 0) await wait(ms, undefined, { signal: this.#stopped.signal }).catch(() => {});
  }
}

interface Customer {
  plan: CustomerPlan;
  step: number;
  taken: (InboundSms | undefined)[];
}
