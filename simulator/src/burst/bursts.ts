import { randomBytes } from 'node:crypto';
import type { Account } from '../account/account.ts';
import type { PhoneNumber } from '../account/phone-number.ts';
import { destinationOf } from '../inbound/destination.ts';
import type { Inbound } from '../inbound/inbound.ts';
import { addressOf } from '../webhook/address.ts';
import type { BurstOptions } from './burst-plan.ts';
import { Burst } from './burst.ts';

const MAX_KEPT = 50;

export type NewBurst = Omit<BurstOptions, 'seed'> & { seed?: number };

export class Bursts {
  readonly #account: Account;
  readonly #inbound: Inbound;
  readonly #bursts = new Map<string, Burst>();
  #started = 0;
  onChange: () => void = () => {};

  constructor(account: Account, inbound: Inbound) {
    this.#account = account;
    this.#inbound = inbound;
  }

  /** Without a seed, each burst has its own customers. */
  start(options: NewBurst): Burst {
    this.#started++;
    const id = randomBytes(4).toString('hex');
    const seed = options.seed ?? this.#started;
    const burst = new Burst(id, { ...options, seed }, this.#inbound, () => this.onChange());
    this.#bursts.set(id, burst);
    if (this.#bursts.size > MAX_KEPT) this.#bursts.delete(this.#bursts.keys().next().value!);
    return burst;
  }

  find(id: string): Burst | undefined {
    return this.#bursts.get(id);
  }

  newestFirst(): Burst[] {
    return [...this.#bursts.values()].toReversed();
  }

  /** The numbers whose SMS go to a webhook on this machine. */
  reachableNumbers(): PhoneNumber[] {
    return [...this.#account.numbers.values()].filter((number) => {
      const { webhook } = destinationOf(this.#account, number);
      return number.capabilities.sms && webhook !== undefined && addressOf(webhook.url)?.onThisMachine;
    });
  }

  close() {
    for (const burst of this.#bursts.values()) burst.stop();
  }
}
