import type { FaultRecord, History, SentText } from '../history/history.ts';

/** How the service came through one fault, in milliseconds. */
export interface Recovery {
  kind: string;
  /** From its end until the first text sent after it was accepted and processed; null when none was. */
  resumedMs: number | null;
  /** From its end until every text accepted before was processed. */
  caughtUpMs: number;
  /** Of Twilio's requests while it lasted; one without an answer counts as long as Twilio waited. */
  slowestAnswerMs: number;
}

/** Whoever was accepted so long before a fault may still be in the hands of what it hits. */
const BEFORE_MS = 5_000;

interface Outcome extends SentText {
  processedAt: number;
}

export function recoveriesOf({ faults, texts, journal, calls }: History): Recovery[] {
  const processedAt = new Map(journal.map((row) => [row.sid, row.processedAt ?? Infinity]));
  const accepted = texts
    .filter(({ isAcked, isForged }) => isAcked && !isForged)
    .map((text) => ({ ...text, processedAt: processedAt.get(text.sid) ?? Infinity }))
    .toSorted((a, b) => a.sentAt - b.sentAt);
  return faults.map((fault) => ({
    kind: fault.kind,
    resumedMs: orNull(firstAfter(accepted, fault) - fault.endedAt),
    caughtUpMs: Math.max(0, lastOfThoseBefore(accepted, fault) - fault.endedAt),
    slowestAnswerMs: Math.max(0, ...calls.filter(({ at }) => isDuring(fault, at)).map(({ ms }) => ms)),
  }));
}

function firstAfter(accepted: Outcome[], { endedAt }: FaultRecord): number {
  let first = Infinity;
  for (const text of accepted.slice(indexOf(accepted, endedAt))) {
    if (text.sentAt > first) break;
    // The database notes when the processing began, which may be before the text came.
    first = Math.min(first, Math.max(text.processedAt, text.endedAt ?? text.sentAt));
  }
  return first;
}

function lastOfThoseBefore(accepted: Outcome[], { startedAt, endedAt }: FaultRecord): number {
  let last = 0;
  for (const text of accepted.slice(indexOf(accepted, startedAt - BEFORE_MS))) {
    if (text.sentAt > endedAt) break;
    if (text.endedAt !== null && text.endedAt <= endedAt) last = Math.max(last, text.processedAt);
  }
  return last;
}

const orNull = (ms: number): number | null => (Number.isFinite(ms) ? ms : null);

/** Of the first that was sent then or later. */
function indexOf(accepted: Outcome[], at: number): number {
  const index = accepted.findIndex(({ sentAt }) => sentAt >= at);
  return index === -1 ? accepted.length : index;
}

const isDuring = ({ startedAt, endedAt }: FaultRecord, at: number): boolean => at >= startedAt && at <= endedAt;
