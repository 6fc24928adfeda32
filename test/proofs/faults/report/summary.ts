import { check } from '../checker/check.ts';
import { type Harm, HARMS, type Violation } from '../checker/violation.ts';
import type { History } from '../history/history.ts';
import { recoveriesOf } from './recovery.ts';
import { type KindSummary, summariseByKind } from './table.ts';

export interface Summary {
  seed: number;
  texts: number;
  deliveries: number;
  replies: number;
  faults: number;
  /** Texts that Twilio gave up on, having been told so: none of them was promised. */
  notAccepted: number;
  harms: Record<Harm, number>;
  slowestRecoverySeconds: number;
  kinds: KindSummary[];
  violations: (Violation & { scenario: string })[];
}

const MAX_LISTED = 200;

export function summarise(seed: number, histories: History[]): Summary {
  const recoveries = histories.flatMap(recoveriesOf);
  const violations = histories.flatMap((history) =>
    check(history).map((violation) => ({ scenario: history.scenario, ...violation })),
  );
  const count = (of: (history: History) => number): number => histories.reduce((sum, each) => sum + of(each), 0);
  return {
    seed,
    texts: count(({ texts }) => texts.length),
    deliveries: count(({ calls }) => calls.length),
    replies: count(({ replies }) => replies.length),
    faults: count(({ faults }) => faults.length),
    notAccepted: count(countNotAccepted),
    harms: Object.fromEntries(
      HARMS.map((harm) => [harm, violations.filter((violation) => violation.harm === harm).length]),
    ) as Record<Harm, number>,
    slowestRecoverySeconds: Math.max(0, ...recoveries.map(({ resumedMs }) => Math.round((resumedMs ?? 0) / 100) / 10)),
    kinds: summariseByKind(recoveries),
    violations: violations.slice(0, MAX_LISTED),
  };
}

function countNotAccepted({ texts, journal }: History): number {
  const stored = new Set(journal.map(({ sid }) => sid));
  return texts.filter(({ sid, isAcked, isForged }) => !isAcked && !isForged && !stored.has(sid)).length;
}

export function closingLine({ texts, deliveries, faults, harms, slowestRecoverySeconds }: Summary): string {
  const { lost, doubled, inverted, invented } = harms;
  return (
    `messages ${texts}, deliveries ${deliveries}, faults ${faults}, lost ${lost}, doubled ${doubled}, ` +
    `inverted ${inverted}, invented ${invented}, slowest recovery ${slowestRecoverySeconds} s`
  );
}
