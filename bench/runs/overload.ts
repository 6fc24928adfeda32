import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsumerDto } from '../../src/contact-events/consumer.dto.js';
import { expectStatus } from '../../test/support/factories.ts';
import { send } from '../load/generator.ts';
import { count, milliseconds, perSecond, ratio, seconds, NONE, type Report } from '../report/figures.ts';
import { CONSUMER, type Ground } from '../setup/ground.ts';
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
    // How soon a consumer has worked off its queue is the consumer's: what comes now is not to stand behind that.
    await untilConsumerIsDone(house);
    const consumerSeconds = (Date.now() - overAt) / 1_000;
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
        perSecond('overload.best', 'its best rate before', bestRate),
        perSecond('overload.offered', 'really sent', load.sent / load.seconds),
        perSecond('overload.accepted', 'accepted meanwhile', load.accepted / load.seconds),
        ratio('overload.share', 'accepted, of its best rate', share, { atLeast: 0.9 }),
        count('overload.refused', 'answered 503', load.refused),
        milliseconds('overload.refusedP99', 'time to a 503, p99', load.refusedLatency.p99),
        count('overload.failed', 'no answer, or another one', load.failed),
        milliseconds('overload.doorP99', 'time to a 200, p99', load.latency.p99),
        count('overload.lost', 'accepted and no message in the end', lost, NONE),
        count('overload.doubled', 'messages too many', doubled, NONE),
        milliseconds('overload.afterP99', 'at the door 5 s after the load, p99 at 200/s', after.latency.p99, {
          below: 50,
        }),
        count('overload.backlog', 'SMS that waited for a worker some seconds after the load', waiting),
        seconds('overload.drain', 'until none waited any more', drainSeconds),
        seconds('overload.consumer', 'until the consumer had worked off its queue', consumerSeconds),
        milliseconds('overload.toEventP99', 'from accept to event after that, p99 at 200/s', toEvent.p99, {
          below: 150,
        }),
      ],
    };
  } finally {
    await reader.close();
    await house.close();
  }
}

const drain = ({ database }: House): Promise<void> =>
  untilNone('SMS', async () => {
    const [row] = await database.query('SELECT EXISTS (SELECT FROM inbound_sms WHERE processed_at IS NULL) AS waits');
    return row!['waits'] as boolean;
  });

const untilConsumerIsDone = ({ api }: House): Promise<void> =>
  untilNone('events', async () => {
    const { counts } = expectStatus(await api.get<ConsumerDto>(`consumers/${CONSUMER}`), 200);
    return counts['waiting']! + counts['active']! > 0;
  });

async function untilNone(what: string, wait: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + DRAIN_WITHIN_S * 1_000;
  while (await wait()) {
    if (Date.now() > deadline) throw new Error(`${what} still wait after ${DRAIN_WITHIN_S} s.`);
    await sleep(100);
  }
}
