import { setTimeout as wait } from 'node:timers/promises';
import type { Inbound, InboundSms } from '../inbound/inbound.ts';
import type { Delivery } from '../message/message.ts';
import { planBurst, type BurstOptions, type CustomerPlan } from './burst-plan.ts';
import { BurstTally, isAccepted } from './burst-tally.ts';

const FIRST_BACKOFF_MS = 50;
const MAX_BACKOFF_MS = 2_000;
const MAX_DUPLICATE_DELAY_MS = 400;

/** Customers text in parallel, each like a person: the next text goes out only after the previous one was answered. */
export class Burst {
  readonly id: string;
  readonly options: BurstOptions;
  readonly finished: Promise<void>;
  readonly #inbound: Inbound;
  readonly #tally: BurstTally;
  readonly #stopped = new AbortController();
  readonly #deadlineAt: number;
  readonly #startedAt = performance.now();
  /** A queue that starts at `#head`; a customer who has texted joins again at the end. */
  readonly #ready: Customer[];
  #head = 0;
  #slots = 0;
  readonly #lateDuplicates: Promise<void>[] = [];
  #state: 'running' | 'done' | 'stopped' = 'running';

  constructor(id: string, options: BurstOptions, inbound: Inbound, onChange: () => void) {
    this.id = id;
    this.options = options;
    this.#inbound = inbound;
    const pacedMs = options.ratePerSecond ? (options.count * 1_000) / options.ratePerSecond : 0;
    this.#deadlineAt = options.untilAccepted ? this.#startedAt + pacedMs + options.deadlineMs : Infinity;
    const plan = planBurst(options);
    this.#tally = new BurstTally(plan);
    this.#ready = plan.map((customer) => ({ plan: customer, step: 0, received: [] }));
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
    const workers = Math.min(this.options.concurrency, this.#ready.length);
    await Promise.all(Array.from({ length: workers }, () => this.#work(onChange)));
    await Promise.all(this.#lateDuplicates);
    this.#tally.finish();
    this.#ready.length = 0;
    if (this.#state === 'running') this.#state = 'done';
    onChange();
  }

  /** Ends when no customer is waiting: those still busy belong to the other workers. */
  async #work(onChange: () => void) {
    for (let customer; this.#state === 'running' && (customer = this.#ready[this.#head]);) {
      this.#head++;
      await this.#waitForSlot();
      if (this.#stopped.signal.aborted || performance.now() >= this.#deadlineAt) return;
      await this.#sendNext(customer);
      if (customer.step < customer.plan.order.length) this.#ready.push(customer);
      onChange();
    }
  }

  async #waitForSlot() {
    if (!this.options.ratePerSecond) return;
    const slotAt = this.#startedAt + (this.#slots++ * 1_000) / this.options.ratePerSecond;
    await this.#pause(slotAt - performance.now());
  }

  async #sendNext(customer: Customer) {
    const text = customer.plan.order[customer.step++]!;
    const sms = this.#receive(customer, text);
    this.#tally.countSent(customer.plan);
    if (!sms) return void this.#tally.dropped++;

    const kind = customer.plan.deliveryKinds[text - 1]!;
    if (kind === 'wrong_signature') {
      return this.#tally.countForged(await this.#inbound.deliver(sms, { wrongSignature: true }));
    }
    const copies = kind === 'twice_together' ? [this.#deliver(sms), this.#deliver(sms)] : [this.#deliver(sms)];
    this.#tally.duplicates += copies.length - 1;
    const deliveries = await Promise.all(copies);
    const last = deliveries.find(isAccepted) ?? (await this.#retry(sms, deliveries[0]!));
    if (isAccepted(last)) this.#tally.countAccepted(customer.plan);
    else this.#tally.countRejected(sms.message, last);
    if (kind === 'twice_later') this.#lateDuplicates.push(this.#deliverLater(sms));
  }

  /** Twilio receives the texts in the order in which they were written, even those that it delivers out of order. */
  #receive(customer: Customer, text: number): InboundSms | undefined {
    const { index, from, to } = customer.plan;
    while (customer.received.length < text) {
      const body = `burst ${this.id} customer ${index} text ${customer.received.length + 1}`;
      customer.received.push(this.#inbound.receive({ from, number: to, body }));
    }
    const sms = customer.received[text - 1];
    customer.received[text - 1] = undefined;
    return sms;
  }

  async #deliver(sms: InboundSms): Promise<Delivery> {
    const delivery = await this.#inbound.deliver(sms);
    this.#tally.countDelivery(delivery);
    return delivery;
  }

  async #retry(sms: InboundSms, failed: Delivery): Promise<Delivery> {
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
    await this.#pause(Math.random() * MAX_DUPLICATE_DELAY_MS);
    if (this.#stopped.signal.aborted) return;
    this.#tally.duplicates++;
    await this.#deliver(sms);
  }

  /** Ends early when the burst is stopped. */
  async #pause(ms: number) {
    if (ms > 0) await wait(ms, undefined, { signal: this.#stopped.signal }).catch(() => {});
  }
}

interface Customer {
  plan: CustomerPlan;
  step: number;
  received: (InboundSms | undefined)[];
}
