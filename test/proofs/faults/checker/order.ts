import type { History, MessageRow, SentText } from '../history/history.ts';
import type { Violation } from './violation.ts';

interface Line {
  text: SentText;
  /**
   * When it came at the latest: a database that was frozen notes a later time for what it was sent before. What never came,
   * and was fetched, may stand wherever it could have come: anywhere after it was sent.
   */
  cameAt: number;
}

/**
 * I4: a customer's texts to one number stand in the order of their receipt: one that was acknowledged before another was
 * received stands before it. Two that were at the intake at the same time have no order.
 */
export function threadsKeepOrder(history: History): Violation[] {
  return [...conversationsOf(history).values()].flatMap(inversionsIn);
}

/** From the end: nothing that stands later may have been acknowledged before this one was received. */
function inversionsIn(lines: Line[]): Violation[] {
  const violations: Violation[] = [];
  let earliest = { sid: '', endedAt: Infinity };
  for (const { text, cameAt } of lines.toReversed()) {
    if (earliest.endedAt < cameAt) {
      const what = `${earliest.sid} was acknowledged before ${text.sid} was received, and stands behind it`;
      violations.push({ invariant: 'I4', harm: 'inverted', what });
    }
    const { sid, isAcked, endedAt } = text;
    if (isAcked && endedAt !== null && endedAt < earliest.endedAt) earliest = { sid, endedAt };
  }
  return violations;
}

/** The lines of each conversation as people see them, over all its contacts. */
function conversationsOf({ texts, journal, messages, calls }: History): Map<string, Line[]> {
  const textOf = new Map(texts.map((text) => [text.sid, text]));
  const rowOf = new Map(journal.map((row) => [row.id, row]));
  const ackedCallAt = new Map(calls.filter(({ status }) => status === 200).map(({ sid, at }) => [sid, at]));
  const conversations = new Map<string, Line[]>();
  for (const { inboundSmsId } of messages.toSorted(byPosition)) {
    const row = inboundSmsId === null ? undefined : rowOf.get(inboundSmsId);
    const text = row && textOf.get(row.sid);
    if (!text) continue; // what was invented is another invariant's business
    const key = `${text.from} ${text.to}`;
    const cameAt = row.isFetched ? text.sentAt : Math.min(row.receivedAt, ackedCallAt.get(text.sid) ?? Infinity);
    const line = { text, cameAt };
    const lines = conversations.get(key);
    if (lines) lines.push(line);
    else conversations.set(key, [line]);
  }
  return conversations;
}

const byPosition = (a: MessageRow, b: MessageRow): number => a.position - b.position;
