import { ALL_FAULT_KINDS } from '../plan/fault-kinds.ts';
import type { Recovery } from './recovery.ts';

type Measure = 'resumedMs' | 'caughtUpMs' | 'slowestAnswerMs';

/** What we want to show; a target that is missed is said, and fails nothing. */
const TARGETS: Record<string, { measure: Measure; seconds: number }> = {
  'worker killed': { measure: 'resumedMs', seconds: 10 },
  'PostgreSQL restarted': { measure: 'resumedMs', seconds: 5 },
  'PostgreSQL down': { measure: 'slowestAnswerMs', seconds: 1 },
  'PostgreSQL line half-open': { measure: 'resumedMs', seconds: 15 },
  'Redis restarted': { measure: 'resumedMs', seconds: 3 },
  'Redis flushed': { measure: 'caughtUpMs', seconds: 15 },
  'Redis line half-open': { measure: 'resumedMs', seconds: 15 },
};

/** Seconds. */
interface Spread {
  median: number;
  max: number;
}

export interface KindSummary {
  kind: string;
  times: number;
  resumed: Spread;
  caughtUp: Spread;
  slowestAnswer: Spread;
  target: string;
}

export function summariseByKind(recoveries: Recovery[]): KindSummary[] {
  const byKind = Map.groupBy(recoveries, ({ kind }) => kind);
  return ALL_FAULT_KINDS.flatMap((kind) => {
    const own = byKind.get(kind);
    if (!own) return [];
    const of = (measure: Measure): Spread => spreadOf(own.flatMap((recovery) => recovery[measure] ?? []));
    return [
      {
        kind,
        times: own.length,
        resumed: of('resumedMs'),
        caughtUp: of('caughtUpMs'),
        slowestAnswer: of('slowestAnswerMs'),
        target: describeTarget(kind, of),
      },
    ];
  });
}

function describeTarget(kind: string, of: (measure: Measure) => Spread): string {
  const target = TARGETS[kind];
  if (!target) return '';
  const isMet = of(target.measure).max <= target.seconds;
  const what = { resumedMs: 'resumed', caughtUpMs: 'caught up', slowestAnswerMs: 'answered' }[target.measure];
  return `${what} within ${target.seconds} s: ${isMet ? 'yes' : 'MISSED'}`;
}

function spreadOf(times: number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return { median: toSeconds(middle ?? 0), max: toSeconds(sorted.at(-1) ?? 0) };
}

const toSeconds = (ms: number): number => Math.round(ms / 100) / 10;

/** Seconds, median and longest, of each kind of fault. */
export function printTable(rows: KindSummary[]): string {
  const pair = ({ median, max }: Spread): string => `${median.toFixed(1)} / ${max.toFixed(1)}`;
  const cells = [
    ['fault', 'times', 'resumed', 'caught up', 'slowest answer', 'target'],
    ...rows.map(({ kind, times, resumed, caughtUp, slowestAnswer, target }) => [
      kind,
      String(times),
      pair(resumed),
      pair(caughtUp),
      pair(slowestAnswer),
      target,
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
