import { send } from '../load/generator.ts';
import type { Latency, LoadResult } from '../load/plan.ts';
import { newHistogram, inMilliseconds } from '../load/tally.ts';
import { count, milliseconds, perSecond, NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { type House, openHouse } from '../setup/house.ts';
import { findLostAndDoubled } from '../setup/outcome.ts';
import { type EventReader, readEvents } from '../setup/event-reader.ts';
import type { Sizes } from '../sizes.ts';

const RATE_PER_SECOND = 200;
const TIMEOUT_MS = 60_000;

/** Measures latency well below capacity, at 200 SMS per second. */
export async function runSteady(ground: Ground, sizes: Sizes): Promise<Report> {
  const house = await openHouse(ground, { queue: 'postgres', processes: ['api,worker,scheduler'] });
  const reader = await readEvents(house.databaseUrl);
  try {
    await measureSteady(house, reader, { seconds: Math.min(5, sizes.steadySeconds) });
    const { load, toEvent, lost, doubled } = await measureSteady(house, reader, { seconds: sizes.steadySeconds });
    return {
      title: 'Steady 200 SMS/s',
      how:
        `An open loop for ${sizes.steadySeconds} s with 1,000 customers; one process, queues on PostgreSQL. Latency at the intake ` +
        'counts from when the SMS was due; from accept to event, from the 200 until a consumer that waits at the queue has the ' +
        'event `contact.message`.',
      figures: [
        perSecond('steady.rate', 'accepted', load.accepted / load.seconds),
        count('steady.notAccepted', 'not accepted', load.sent - load.accepted),
        milliseconds('steady.intakeP50', 'at the intake, p50', load.latency.p50),
        milliseconds('steady.intakeP99', 'at the intake, p99', load.latency.p99),
        milliseconds('steady.intakeP999', 'at the intake, p99.9', load.latency.p999),
        milliseconds('steady.p50', 'from accept to event, p50', toEvent.p50, { below: 30 }),
        milliseconds('steady.p99', 'from accept to event, p99', toEvent.p99, { below: 150 }),
        milliseconds('steady.p999', 'from accept to event, p99.9', toEvent.p999),
        count('steady.lost', 'accepted but without a message', lost, NONE),
        count('steady.doubled', 'duplicate messages', doubled, NONE),
      ],
    };
  } finally {
    await reader.close();
    await house.close();
  }
}

export interface Steady {
  load: LoadResult;
  /** The latency from accept to event. */
  toEvent: Latency;
  lost: number;
  doubled: number;
}

export async function measureSteady(
  house: House,
  reader: EventReader,
  { seconds, rate = RATE_PER_SECOND }: { seconds: number; rate?: number },
): Promise<Steady> {
  const load = await send(
    house.plan({ count: rate * seconds, customers: 1_000, ratePerSecond: rate, listAccepted: true }),
  );
  const sids = load.acceptedSms.map(({ messageSid }) => messageSid);
  const messageIdOf = await findMessages(house, sids);
  const histogram = newHistogram();
  for (const { messageSid, at } of load.acceptedSms) {
    const arrivedAt = await reader.arrivalOf(messageIdOf.get(messageSid)!, TIMEOUT_MS);
    histogram.recordValue(Math.max(1, arrivedAt - at));
  }
  return { load, toEvent: inMilliseconds(histogram), ...(await findLostAndDoubled(house.database, load)) };
}

/** Waits for the messages of all SMS. @returns message ids by MessageSid */
async function findMessages({ database }: House, sids: string[]): Promise<Map<string, string>> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const rows = await database.query(
      `SELECT id, twilio_message_sid AS sid FROM messages WHERE twilio_message_sid = ANY ($1) AND direction = 'inbound'`,
      [sids],
    );
    if (rows.length >= sids.length) return new Map(rows.map(({ id, sid }) => [sid as string, id as string]));
    if (Date.now() > deadline) throw new Error(`Only ${rows.length} of ${sids.length} accepted SMS have a message.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
