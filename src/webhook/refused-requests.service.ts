import { Injectable } from '@nestjs/common';

const KEPT_MINUTES = 15;

interface Minute {
  /** Minutes since 1970. */
  at: number;
  count: number;
  /** The addresses that the last request was checked against. */
  addresses: string[];
}

/** The requests to an account's webhooks whose signature did not match. */
export interface Refusals {
  count: number;
  since: Date;
  /** The public addresses for which Twilio may have signed. */
  addresses: string[];
}

/**
 * Counts the requests that this process refused in the last 15 minutes. It does so in memory: the count helps whoever sets
 * up Twilio, and strangers must not be able to fill the database.
 */
@Injectable()
export class RefusedRequestsService {
  private readonly minutesOf = new Map<string, Minute[]>();

  note(accountId: string, addresses: string[], now = Date.now()): void {
    const at = toMinute(now);
    const minutes = this.recent(accountId, at);
    const last = minutes.at(-1);
    if (last?.at === at) Object.assign(last, { count: last.count + 1, addresses });
    else minutes.push({ at, count: 1, addresses });
    this.minutesOf.set(accountId, minutes);
  }

  /** @returns null when there were none */
  find(accountId: string, now = Date.now()): Refusals | null {
    const minutes = this.recent(accountId, toMinute(now));
    const [first] = minutes;
    if (first === undefined) return null;
    return {
      count: minutes.reduce((sum, { count }) => sum + count, 0),
      since: new Date(first.at * 60_000),
      addresses: minutes.at(-1)!.addresses,
    };
  }

  private recent(accountId: string, now: number): Minute[] {
    return (this.minutesOf.get(accountId) ?? []).filter(({ at }) => at > now - KEPT_MINUTES);
  }
}

const toMinute = (time: number): number => Math.floor(time / 60_000);
