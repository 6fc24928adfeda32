import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import type { SignedForm } from './forms.ts';
import type { LoadPlan, LoadResult } from './plan.ts';
import { microseconds } from './steady-clock.ts';
import { Tally } from './tally.ts';

/** What was not sent this long after its time never is. */
const GRACE_US = 1_000_000;
const PATIENCE_MS = 30_000;

/**
 * By the clock, as customers write: nobody waits for the answer to somebody else. Each latency is taken from the time
 * the SMS was meant to be sent, so that a server that stands still shows in all that came meanwhile.
 */
export async function runOpenLoop(plan: LoadPlan, forms: Iterator<SignedForm, undefined>): Promise<LoadResult> {
  const all: Connection[] = [];
  const free: Connection[] = [];
  const tally = new Tally(plan);
  const startedAt = microseconds();
  const timeOf = (n: number): number => startedAt + (n * 1e6) / plan.ratePerSecond!;
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
    tally.note(status, form.messageSid, now - timeOf(n), now - sentAt);
    free.push(connection);
    sendDue();
  };
  const sendDue = (): void => {
    const now = microseconds();
    if (now > timeOf(plan.count) + GRACE_US) return;
    while (sent < plan.count && timeOf(sent) <= now) {
      const connection = takeConnection();
      if (connection === undefined) return;
      void send(connection, sent++);
    }
  };

  while (sent < plan.count && microseconds() <= timeOf(plan.count) + GRACE_US) {
    sendDue();
    await sleep(1);
  }
  const deadline = Date.now() + PATIENCE_MS;
  while (tally.answered < sent && Date.now() < deadline) await sleep(5);
  tally.noteFailure(sent - tally.answered);
  all.forEach((connection) => connection.close());
  return tally.result(sent);
}
