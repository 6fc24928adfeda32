const WINDOW_MS = 60_000;

interface Bucket {
  tokens: number;
  /** When it had so many. */
  at: number;
}

/** What became of a request for one token. */
export interface Taking {
  isGranted: boolean;
  /** How many can be taken now. */
  left: number;
  /** Until there is one to take. */
  waitMs: number;
  /** Until the bucket is full again. */
  fullInMs: number;
}

/** A bucket of tokens for each key: so many can be taken at once, and come back evenly over a minute. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();
  private tidiedAt = 0;

  /** @param perMinute at least one */
  constructor(readonly perMinute: number) {}

  /** @param now in milliseconds, by a clock that nobody sets back */
  take(key: string, now = performance.now()): Taking {
    this.tidy(now);
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

  /** Whoever took nothing for a minute has a full bucket, like somebody who never came. */
  private tidy(now: number): void {
    if (now - this.tidiedAt < WINDOW_MS) return;
    this.tidiedAt = now;
    for (const [key, { at }] of this.buckets) if (now - at >= WINDOW_MS) this.buckets.delete(key);
  }
}
