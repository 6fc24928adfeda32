import type { PhoneNumber } from '../account/phone-number.ts';
import { mulberry32 } from './mulberry32.ts';

export interface BurstOptions {
  count: number;
  customers: number;
  /** Customers are spread evenly over these numbers. */
  to: PhoneNumber[];
  ratePerSecond?: number;
  seed: number;
  concurrency: number;
  trouble: { duplicateShare: number; shuffleShare: number; wrongSignatureShare: number };
  untilAccepted: boolean;
  deadlineMs: number;
}

export type DeliveryKind = 'plain' | 'twice_together' | 'twice_later' | 'wrong_signature';

export interface CustomerPlan {
  index: number;
  from: string;
  to: PhoneNumber;
  /** The numbers of the texts, from 1, in the order of delivery. */
  order: number[];
  /** How text n is delivered, at index n - 1. */
  deliveryKinds: DeliveryKind[];
}

const BLOCK_SIZE = 10_000;
const FIRST_BLOCK = 556;
const BLOCK_COUNT = 444;

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
      deliveryKinds: Array.from({ length: texts }, () => pickDeliveryKind(trouble, random)),
    };
  });
}

/** +1 500 556 0000 and up: valid in E.164, but nobody owns them. Each seed has its own block of 10,000. */
function customerNumber(seed: number, at: number): string {
  return `+1500${(FIRST_BLOCK + (seed % BLOCK_COUNT)) * BLOCK_SIZE + at}`;
}

/** Swaps some neighbours, as when a carrier lets a text overtake the previous one. */
function shuffledOrder(texts: number, share: number, random: () => number): number[] {
  const order = Array.from({ length: texts }, (_, at) => at + 1);
  for (let at = 0; at + 1 < texts; at++) {
    if (random() >= share) continue;
    [order[at], order[at + 1]] = [order[at + 1]!, order[at]!];
    at++;
  }
  return order;
}

function pickDeliveryKind(
  { duplicateShare, wrongSignatureShare }: BurstOptions['trouble'],
  random: () => number,
): DeliveryKind {
  const draw = random();
  if (draw < duplicateShare / 2) return 'twice_together';
  if (draw < duplicateShare) return 'twice_later';
  return draw < duplicateShare + wrongSignatureShare ? 'wrong_signature' : 'plain';
}
