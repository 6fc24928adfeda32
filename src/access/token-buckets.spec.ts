import { describe, expect, test } from '@jest/globals';
import { TokenBuckets } from './token-buckets.js';

/** How many of a hundred requests at the same time are granted. */
const burst = (buckets: TokenBuckets, now: number, key = 'key'): number =>
  Array.from({ length: 100 }, () => buckets.take(key, now)).filter(({ isGranted }) => isGranted).length;

describe('Token buckets', () => {
  test('grant all their tokens at once, and as many again over a minute', () => {
    const buckets = new TokenBuckets(30);
    const granted = [0, 1_000, 2_000, 3_000, 62_000, 62_000, 600_000].map((now) => burst(buckets, now));
    expect(granted).toEqual([30, 0, 1, 0, 30, 0, 30]);
  });

  test('grant over an hour no more than they contained and refilled, however often requests come', () => {
    const buckets = new TokenBuckets(7);
    let granted = 0;
    for (let now = 0; now < 3_600_000; now += 331) if (buckets.take('key', now).isGranted) granted++;
    expect(granted).toBeGreaterThanOrEqual(7 * 60);
    expect(granted).toBeLessThanOrEqual(7 * 61);
  });

  test('are separate for each key', () => {
    const buckets = new TokenBuckets(5);
    expect(burst(buckets, 0, 'one')).toBe(5);
    expect(burst(buckets, 0, 'other')).toBe(5);
    expect(burst(buckets, 0, 'one')).toBe(0);
  });

  test('tell how many tokens are left, and how long it takes until there is one, or all', () => {
    const buckets = new TokenBuckets(2);
    expect(buckets.take('key', 0)).toEqual({ isGranted: true, left: 1, waitMs: 0, fullInMs: 30_000 });
    expect(buckets.take('key', 0)).toEqual({ isGranted: true, left: 0, waitMs: 30_000, fullInMs: 60_000 });
    expect(buckets.take('key', 7_500)).toEqual({ isGranted: false, left: 0, waitMs: 22_500, fullInMs: 52_500 });
    expect(buckets.take('key', 30_000)).toEqual({ isGranted: true, left: 0, waitMs: 30_000, fullInMs: 60_000 });
  });
});
