import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import type { SignedForm } from './forms.ts';
import type { LoadPlan, LoadResult } from './plan.ts';
import { microseconds } from './steady-clock.ts';
import { Tally } from './tally.ts';

/** Sending stops this long after the last SMS was due. */
const GRACE_US = 1_000_000;
const ANSWER_TIMEOUT_MS = 30_000;

/**
 * Sends at a fixed rate, as customers do: no SMS waits for the answer to another. Latency counts from when the SMS was
 * due, so that a stalled server shows in everything that was due meanwhile.
 */
export async function runOpenLoop(plan: LoadPlan, forms: Iterator<SignedForm, undefined>): Promise<LoadResult> {
  const all: Connection[] = [];
  const free: Connection[] = [];
  const tally = new Tally(plan);
  const startedAt = microseconds();
  const dueAt = (n: number): number => startedAt + (n * 1e6) / plan.ratePerSecond!;
  let sent = 0;

  const takeConnection = (): Connection | undefined => {
    if (free.length > 0 || all.length >= plan.connections) return free.pop();
    const connection = new Connection(plan.url);
    all.push(connection);
    return connection;
  };
  const send = async (connection: Connection, n: number): Promise<void> => {
    const form = forms.next().value!;
    const sentAt = microseconds();
    const status = await connection.send(form);
    const now = microseconds();
    tally.record(status, form.messageSid, now - dueAt(n), now - sentAt);
    free.push(connection);
    sendDue();
  };
  const sendDue = (): void => {
    const now = microseconds();
    if (now > dueAt(plan.count) + GRACE_US) return;
    while (sent < plan.count && dueAt(sent) <= now) {
      const connection = takeConnection();
      if (connection === undefined) return;
      void send(connection, sent++);
    }
  };

  while (sent < plan.count && microseconds() <= dueAt(plan.count) + GRACE_US) {
    sendDue();
    await sleep(1);
  }
  const deadline = Date.now() + ANSWER_TIMEOUT_MS;
  while (tally.answered < sent && Date.now() < deadline) await sleep(5);
  tally.recordFailures(sent - tally.answered);
  all.forEach((connection) => connection.close());
  return tally.result(sent);
}
