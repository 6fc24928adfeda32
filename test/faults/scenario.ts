import { type FaultKind, rulesOf } from './plan/fault-kinds.ts';

/** One run of the whole service under load and faults. */
export interface Scenario {
  name: string;
  queue: 'postgres' | 'redis';
  /** PostgreSQL on a small disk, with a standby that takes over. */
  isFragile: boolean;
  texts: number;
  perSecond: number;
  customers: number;
  faults: number;
  kinds: FaultKind[];
  isFull: boolean;
  /** How long nothing may change before what is left counts as never done. */
  patienceMs: number;
}

interface Size {
  texts: number;
  faults: number;
  perSecond: number;
  isFull: boolean;
}

export const QUICK: Size = { texts: 20_000, faults: 40, perSecond: 60, isFull: false };
export const FULL: Size = { texts: 1_000_000, faults: 300, perSecond: 300, isFull: true };

const TEXTS_PER_CUSTOMER = 20;
/** Longer than the longest pause between two sweeps of one row, and between two tries of one reply. */
const PATIENCE_MS = 75_000;
const FRAGILE_FAULTS = 2;

/** Half on each back end; where a disk can be filled, a tenth on a stack that loses its disk and its primary. */
export function scenariosOf(
  { texts, faults, perSecond, isFull }: Size,
  { kinds, hasDisks }: { kinds: FaultKind[]; hasDisks: boolean },
): Scenario[] {
  const fragileTexts = hasDisks ? Math.min(Math.round(texts / 20), 10_000) : 0;
  const fragileFaults = hasDisks ? Math.min(FRAGILE_FAULTS, faults) : 0;
  const build = (
    name: string,
    more: Pick<Scenario, 'queue' | 'isFragile' | 'texts' | 'faults' | 'kinds'>,
  ): Scenario => ({
    name,
    perSecond,
    customers: Math.min(Math.ceil(more.texts / TEXTS_PER_CUSTOMER), 50_000),
    isFull,
    patienceMs: PATIENCE_MS,
    ...more,
  });
  const halves = { texts: texts - fragileTexts, faults: faults - fragileFaults };
  return [
    build('queues on PostgreSQL', {
      queue: 'postgres',
      isFragile: false,
      texts: Math.ceil(halves.texts / 2),
      faults: Math.floor(halves.faults / 2),
      kinds: kinds.filter((kind) => rulesOf(kind).needs === undefined),
    }),
    build('queues on Redis', {
      queue: 'redis',
      isFragile: false,
      texts: Math.floor(halves.texts / 2),
      faults: Math.ceil(halves.faults / 2),
      kinds: kinds.filter((kind) => rulesOf(kind).needs !== 'fragile stack'),
    }),
    build('disk full, then a failover', {
      queue: 'redis',
      isFragile: true,
      texts: fragileTexts,
      faults: fragileFaults,
      kinds: kinds.filter((kind) => rulesOf(kind).needs === 'fragile stack'),
    }),
  ].filter((scenario) => scenario.texts > 0 && scenario.kinds.length > 0);
}
