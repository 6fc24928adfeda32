import type { PhoneNumber } from '../account/phone-number.ts';
import { mulberry32 } from './mulberry32.ts';

export interface BurstOptions {
  count: number;
  customers: number;
  /** Customers take turns among them. */
  to: PhoneNumber[];
  ratePerSecond?: number;
  seed: number;
  concurrency: number;
  trouble: { duplicateShare: number; shuffleShare: number; wrongSignatureShare: number };
  untilAccepted: boolean;
  deadlineMs: number;
}

export type Fate = 'plain' | 'twice_together' | 'twice_later' | 'wrong_signature';

export interface CustomerPlan {
  index: number;
  from: string;
  to: PhoneNumber;
  /** Text numbers, from 1, in the order in which they are delivered. */
  order: number[];
  /** Of text n at n - 1. */
  fates: Fate[];
}

const BLOCK = 10_000;
const FIRST_BLOCK = 556;
const BLOCKS = 444;

/** The same options and seed give the same plan. */
export function planBurst(options: BurstOptions): CustomerPlan[] {
  const { count, customers, to, seed, trouble } = options;
  const random = mulberry32(seed);
  return Array.from({ length: Math.min(customers, count) }, (_, at) => {
    const texts = Math.floor(count / customers) + (at < count % customers ? 1 : 0);
    return {
      index: at + 1,
      from: customerNumber(seed, at),
      to: to[at % to.length]!,
      order: shuffledOrder(texts, trouble.shuffleShare, random),
      fates: Array.from({ length: texts }, () => fateOf(trouble, random)),
    };
  });
}

/** +1 500 556 0000 and up: valid in E.164, and owned by nobody. Each seed has 10,000 of its own. */
function customerNumber(seed: number, at: number): string {
  return `+1500${(FIRST_BLOCK + (seed % BLOCKS)) * BLOCK + at}`;
}

/** A carrier lets a text overtake the one before it. */
function shuffledOrder(texts: number, share: number, random: () => number): number[] {
  const order = Array.from({ length: texts }, (_, at) => at + 1);
  for (let at = 0; at + 1 < texts; at++) {
    if (random() >= share) continue;
    [order[at], order[at + 1]] = [order[at + 1]!, order[at]!];
    at++;
  }
  return order;
}

function fateOf({ duplicateShare, wrongSignatureShare }: BurstOptions['trouble'], random: () => number): Fate {
  const draw = random();
  if (draw < duplicateShare / 2) return 'twice_together';
  if (draw < duplicateShare) return 'twice_later';
  return draw < duplicateShare + wrongSignatureShare ? 'wrong_signature' : 'plain';
}
