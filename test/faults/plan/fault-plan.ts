import { PROCESSES } from '../stack.ts';
import type { Random } from '../random.ts';
import { type FaultKind, rulesOf } from './fault-kinds.ts';

export interface PlannedFault {
  kind: FaultKind;
  /** Milliseconds after the load began. */
  at: number;
  lastsMs: number;
  /** Which of the processes it hits, counted from 0. */
  target: number;
}

export interface PlanOptions {
  kinds: FaultKind[];
  count: number;
  overMs: number;
  isFull: boolean;
  random: Random;
}

/** Evenly over the load, each kind before any comes again; what can come only once comes last. */
export function planFaults({ kinds, count, overMs, isFull, random }: PlanOptions): PlannedFault[] {
  const final = kinds.filter((kind) => rulesOf(kind).isFinal);
  const usual = kinds.filter((kind) => !rulesOf(kind).isFinal);
  const order: FaultKind[] = [];
  while (usual.length > 0 && order.length < count - final.length) order.push(...random.shuffled(usual));
  order.splice(count - final.length, Infinity, ...final);
  const slot = overMs / (count + 1);
  return order.map((kind, i) => {
    const { hits, lasts, lastsInFull = lasts } = rulesOf(kind);
    return {
      kind,
      at: Math.round((i + 0.5 + random.share() * 0.5) * slot),
      lastsMs: random.between(...(isFull ? lastsInFull : lasts)),
      target: hits ? random.between(0, PROCESSES[hits] - 1) : 0,
    };
  });
}
