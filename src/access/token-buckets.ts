const WINDOW_MS = 60_000;

interface Bucket {
  tokens: number;
  /** The time at which it had that many. */
  at: number;
}

/** The result of a request for one token. */
export interface Taking {
  isGranted: boolean;
  /** How many tokens can be taken now. */
  left: number;
  /** The time until a token can be taken. */
  waitMs: number;
  /** The time until the bucket is full again. */
  fullInMs: number;
}

/** A bucket of tokens for each key. A full bucket can be emptied at once, and refills evenly over a minute. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();
  private cleanedAt = 0;

  /** @param perMinute at least one */
  constructor(readonly perMinute: number) {}

  /** @param now in milliseconds, by a monotonic clock */
  take(key: string, now = performance.now()): Taking {
    this.deleteFull(now);
    const tokenMs = WINDOW_MS / this.perMinute;
    const { tokens, at } = this.buckets.get(key) ?? { tokens: this.perMinute, at: now };
    const filled = Math.min(this.perMinute, tokens + (now - at) / tokenMs);
    const isGranted = filled >= 1;
    const kept = isGranted ? filled - 1 : filled;
    this.buckets.set(key, { tokens: kept, at: now });
    return {
      isGranted,
      left: Math.floor(kept),
      waitMs: Math.max(0, 1 - kept) * tokenMs,
      fullInMs: (this.perMinute - kept) * tokenMs,
    };
  }

  /** A bucket that was not used for a minute is full, like that of a new key, and need not be kept. */
  private deleteFull(now: number): void {
    if (now - this.cleanedAt < WINDOW_MS) return;
    this.cleanedAt = now;
    for (const [key, { at }] of this.buckets) if (now - at >= WINDOW_MS) this.buckets.delete(key);
  }
}
