import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../load/generator.ts';
import { NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { type House, openHouse } from '../setup/house.ts';
import { readEvents } from '../setup/event-reader.ts';
import { findLostAndDoubled, readOutcome } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';
import { measureSteady } from './steady.ts';

const TIMES = 3;
/** Above what the door lets wait, so that it is the door that refuses. */
const CONNECTIONS = 3_000;
const NORMAL_WITHIN_MS = 5_000;
const DRAIN_WITHIN_S = 600;

/** Three times what it can take: it goes on taking, refuses the rest at once, and is well again soon after. */
export async function runOverload(ground: Ground, sizes: Sizes): Promise<Report> {
  const house = await openHouse(ground, { queue: 'postgres', processes: ['api,worker,scheduler'] });
  const reader = await readEvents(house.databaseUrl);
  try {
    await send(house.plan({ count: sizes.warmUp, customers: sizes.customers }));
    await drain(house);
    const best = await send(house.plan({ count: sizes.accepts, customers: sizes.customers, namesAccepted: true }));
    const bestRate = best.accepted / best.seconds;
    await drain(house);

    const offered = Math.round(TIMES * bestRate);
    const load = await send(
      house.plan({
        count: offered * sizes.overloadSeconds,
        customers: sizes.customers,
        ratePerSecond: offered,
        connections: CONNECTIONS,
        namesAccepted: true,
      }),
    );
    const overAt = Date.now();
    await sleep(NORMAL_WITHIN_MS);
    const after = await send(house.plan({ count: 400, customers: 100, ratePerSecond: 200, namesAccepted: true }));
    const { waiting } = await readOutcome(house.database);
    await drain(house);
    const drainSeconds = (Date.now() - overAt) / 1_000;
    const { toEvent } = await measureSteady(house, reader, { seconds: 2 });
    const acceptedSms = [best, load, after].flatMap((each) => each.acceptedSms);
    const { lost, doubled } = await findLostAndDoubled(house.database, { acceptedSms });
    const share = load.accepted / load.seconds / bestRate;
    return {
      title: 'Overload',
      how:
        `${offered.toLocaleString('en-US')} SMS/s offered by the clock for ${sizes.overloadSeconds} s over up to ` +
        `${CONNECTIONS.toLocaleString('en-US')} connections: ${TIMES} times what the same process took just before at 64 ` +
        'connections while it worked on what came. The load generator takes the more of the two cores the more it offers.',
      figures: [
        { id: 'overload.best', what: 'its best rate before', value: bestRate, unit: '/s' },
        { id: 'overload.offered', what: 'really sent', value: load.sent / load.seconds, unit: '/s' },
        { id: 'overload.accepted', what: 'accepted meanwhile', value: load.accepted / load.seconds, unit: '/s' },
        { id: 'overload.share', what: 'accepted, of its best rate', value: share, unit: 'x', target: { atLeast: 0.9 } },
        { id: 'overload.refused', what: 'answered 503', value: load.refused, unit: '' },
        { id: 'overload.refusedP99', what: 'time to a 503, p99', value: load.refusedLatency.p99, unit: 'ms' },
        { id: 'overload.failed', what: 'no answer, or another one', value: load.failed, unit: '' },
        { id: 'overload.doorP99', what: 'time to a 200, p99', value: load.latency.p99, unit: 'ms' },
        { id: 'overload.lost', what: 'accepted and no message in the end', value: lost, unit: '', target: NONE },
        { id: 'overload.doubled', what: 'messages too many', value: doubled, unit: '', target: NONE },
        {
          id: 'overload.afterP99',
          what: 'at the door 5 s after the load, p99 at 200/s',
          value: after.latency.p99,
          unit: 'ms',
          target: { below: 50 },
        },
        {
          id: 'overload.backlog',
          what: 'SMS that waited for a worker some seconds after the load',
          value: waiting,
          unit: '',
        },
        { id: 'overload.drain', what: 'until none waited any more', value: drainSeconds, unit: 's' },
        {
          id: 'overload.toEventP99',
          what: 'from accept to event after that, p99 at 200/s',
          value: toEvent.p99,
          unit: 'ms',
          target: { below: 150 },
        },
      ],
    };
  } finally {
    await reader.close();
    await house.close();
  }
}

async function drain({ database }: House): Promise<void> {
  const deadline = Date.now() + DRAIN_WITHIN_S * 1_000;
  for (;;) {
    const [row] = await database.query('SELECT EXISTS (SELECT FROM inbound_sms WHERE processed_at IS NULL) AS waits');
    if (row!['waits'] === false) return;
    if (Date.now() > deadline) throw new Error(`SMS still wait after ${DRAIN_WITHIN_S} s.`);
    await sleep(100);
  }
}
