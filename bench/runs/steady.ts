import { send } from '../load/generator.ts';
import type { Latency, LoadResult } from '../load/plan.ts';
import { newHistogram, inMilliseconds } from '../load/tally.ts';
import { count, milliseconds, perSecond, NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { type Stack, startStack } from '../setup/stack.ts';
import { findLostAndDoubled } from '../setup/outcome.ts';
import { type EventArrivals, recordArrivals } from '../setup/event-arrivals.ts';
import type { Sizes } from '../sizes.ts';

const RATE = 200;
const PATIENCE_MS = 60_000;

/** Latency while there is plenty of room: 200 SMS a second by the clock. */
export async function runSteady(ground: Ground, sizes: Sizes): Promise<Report> {
  const stack = await startStack(ground, { queue: 'postgres', processes: ['api,worker,scheduler'] });
  const arrivals = await recordArrivals(stack.databaseUrl);
  try {
    await measureSteady(stack, arrivals, { seconds: Math.min(5, sizes.steadySeconds) });
    const { load, toEvent, lost, doubled } = await measureSteady(stack, arrivals, { seconds: sizes.steadySeconds });
    return {
      title: 'Steady 200 SMS/s',
      how:
        `An open loop for ${sizes.steadySeconds} s, each latency from the time the SMS was meant to be sent; one process, queues on ` +
        'PostgreSQL; from its 200 until a consumer that waits at the queue has the event `contact.message`. 1,000 customers.',
      figures: [
        perSecond('steady.rate', 'accepted', load.accepted / load.seconds),
        count('steady.notAccepted', 'not accepted', load.sent - load.accepted),
        milliseconds('steady.intakeP50', 'at the intake, p50', load.latency.p50),
        milliseconds('steady.intakeP99', 'at the intake, p99', load.latency.p99),
        milliseconds('steady.intakeP999', 'at the intake, p99.9', load.latency.p999),
        milliseconds('steady.p50', 'from accept to event, p50', toEvent.p50, { below: 30 }),
        milliseconds('steady.p99', 'from accept to event, p99', toEvent.p99, { below: 150 }),
        milliseconds('steady.p999', 'from accept to event, p99.9', toEvent.p999),
        count('steady.lost', 'accepted and no message', lost, NONE),
        count('steady.doubled', 'messages too many', doubled, NONE),
      ],
    };
  } finally {
    await arrivals.stop();
    await stack.stop();
  }
}

export interface Steady {
  load: LoadResult;
  /** From accept to event. */
  toEvent: Latency;
  lost: number;
  doubled: number;
}

export async function measureSteady(
  stack: Stack,
  arrivals: EventArrivals,
  { seconds, rate = RATE }: { seconds: number; rate?: number },
): Promise<Steady> {
  const load = await send(
    stack.plan({ count: rate * seconds, customers: 1_000, ratePerSecond: rate, namesAccepted: true }),
  );
  const sids = load.acceptedSms.map(({ messageSid }) => messageSid);
  const messageIdOf = await findMessages(stack, sids);
  const histogram = newHistogram();
  for (const { messageSid, at } of load.acceptedSms) {
    const arrivedAt = await arrivals.arrivalOf(messageIdOf.get(messageSid)!, PATIENCE_MS);
    histogram.recordValue(Math.max(1, arrivedAt - at));
  }
  return { load, toEvent: inMilliseconds(histogram), ...(await findLostAndDoubled(stack.database, load)) };
}

/** The message of each SMS, by MessageSid, once all are there. */
async function findMessages({ database }: Stack, sids: string[]): Promise<Map<string, string>> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const rows = await database.query(
      `SELECT id, twilio_message_sid AS sid FROM messages WHERE twilio_message_sid = ANY ($1) AND direction = 'inbound'`,
      [sids],
    );
    if (rows.length >= sids.length) return new Map(rows.map(({ id, sid }) => [sid as string, id as string]));
    if (Date.now() > deadline) throw new Error(`Only ${rows.length} of ${sids.length} accepted SMS are messages.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
