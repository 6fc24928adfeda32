import { setTimeout as sleep } from 'node:timers/promises';
import { expectStatus } from '../../test/support/factories.ts';
import { send } from '../load/generator.ts';
import type { Latency } from '../load/plan.ts';
import {
  count,
  type Figure,
  milliseconds,
  NONE,
  perSecond,
  ratio,
  type Report,
  seconds,
  type Target,
} from '../report/figures.ts';
import { CONSUMER, type Ground } from '../setup/ground.ts';
import { type House, openHouse } from '../setup/house.ts';
import { readEvents } from '../setup/event-reader.ts';
import { findLostAndDoubled, readOutcome } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';
import { measureSteady, type Steady } from './steady.ts';

const OVERLOAD_FACTOR = 3;
/** More than may wait at the intake, so that it is the intake that refuses requests. */
const CONNECTIONS = 3_000;
const RECOVERY_MS = 5_000;
const DRAIN_TIMEOUT_S = 600;
/** The limit is high because p99 varies by half between measurements. */
const RECOVERED: Target = { below: 2 };

/** Offers three times the best rate: the service must keep accepting, refuse the rest at once, and recover soon after. */
export async function runOverload(ground: Ground, sizes: Sizes): Promise<Report> {
  const house = await openHouse(ground, { queue: 'postgres', processes: ['api,worker,scheduler'] });
  try {
    await send(house.plan({ count: sizes.warmUp, customers: sizes.customers }));
    await waitForDrain(house);
    const before = await measureNormal(house);
    const best = await send(house.plan({ count: sizes.accepts, customers: sizes.customers, listAccepted: true }));
    const bestRate = best.accepted / best.seconds;
    await waitForDrain(house);

    const offered = Math.round(OVERLOAD_FACTOR * bestRate);
    const load = await send(
      house.plan({
        count: offered * sizes.overloadSeconds,
        customers: sizes.customers,
        ratePerSecond: offered,
        connections: CONNECTIONS,
        listAccepted: true,
      }),
    );
    const overAt = Date.now();
    const { waiting: backlog } = await readOutcome(house.database);
    const [after, drainSeconds] = await Promise.all([
      sleep(RECOVERY_MS).then(() => measureNormal(house)),
      waitForDrain(house).then(() => (Date.now() - overAt) / 1_000),
    ]);
    const acceptedSms = [best, load].flatMap((each) => each.acceptedSms);
    const { lost, doubled } = await findLostAndDoubled(house.database, { acceptedSms });
    const share = load.accepted / load.seconds / bestRate;
    const normal = (id: string, what: string, of: (steady: Steady) => Latency): Figure[] => {
      const [p99Before, p99After] = [of(before).p99, of(after).p99];
      return [
        milliseconds(`overload.${id}Before`, `${what} before the load, p99 at 200/s`, p99Before),
        milliseconds(`overload.${id}After`, `${what} 5 s after the load, p99 at 200/s`, p99After),
        ratio(
          `overload.${id}Ratio`,
          `${what} 5 s after the load, compared with before`,
          p99After / p99Before,
          RECOVERED,
        ),
      ];
    };
    return {
      title: 'Overload',
      how:
        `An open loop offers ${offered.toLocaleString('en-US')} SMS/s for ${sizes.overloadSeconds} s over up to ` +
        `${CONNECTIONS.toLocaleString('en-US')} connections: ${OVERLOAD_FACTOR} times what the same process accepted just before at ` +
        '64 connections while it processed SMS too. The more the load generator offers, the more of the two cores it takes. ' +
        'Times count from when an SMS was due. A consumer reads only at 200/s, since it has a pace of its own.',
      figures: [
        perSecond('overload.best', 'best rate before the overload', bestRate),
        perSecond('overload.offered', 'actually sent', load.sent / load.seconds),
        perSecond('overload.accepted', 'accepted during the overload', load.accepted / load.seconds),
        ratio('overload.share', 'accepted, compared with the best rate', share, { atLeast: 0.9 }),
        count('overload.refused', 'answered with 503', load.refused),
        milliseconds('overload.refusedP50', 'time to a 503, p50', load.refusedLatency.p50),
        milliseconds('overload.refusedP99', 'time to a 503, p99', load.refusedLatency.p99),
        milliseconds('overload.refusedSinceSentP50', '… since it was actually sent, p50', load.refusedSinceSent.p50),
        milliseconds('overload.refusedSinceSentP99', '… since it was actually sent, p99', load.refusedSinceSent.p99),
        count('overload.failed', 'no answer, or any other', load.failed),
        milliseconds('overload.intakeP50', 'time to a 200, p50', load.latency.p50),
        milliseconds('overload.intakeP99', 'time to a 200, p99', load.latency.p99),
        count('overload.lost', 'accepted but without a message in the end', lost, NONE),
        count('overload.doubled', 'duplicate messages', doubled, NONE),
        count('overload.backlog', 'backlog of SMS when the overload ended', backlog),
        seconds('overload.drain', 'time until the backlog was empty', drainSeconds),
        ...normal('intake', 'at the intake', ({ load: { latency } }) => latency),
        ...normal('event', 'from accept to event', ({ toEvent }) => toEvent),
      ],
    };
  } finally {
    await house.close();
  }
}

/** Measures at 200 SMS/s, with a new consumer that has no backlog. */
async function measureNormal(house: House): Promise<Steady> {
  expectStatus(await house.api.delete(`consumers/${CONSUMER}`), 204);
  expectStatus(await house.api.put(`consumers/${CONSUMER}`, {}), 200);
  const reader = await readEvents(house.databaseUrl);
  try {
    return await measureSteady(house, reader, { seconds: 2 });
  } finally {
    await reader.close();
  }
}

async function waitForDrain({ database }: House): Promise<void> {
  const deadline = Date.now() + DRAIN_TIMEOUT_S * 1_000;
  for (;;) {
    const [row] = await database.query('SELECT EXISTS (SELECT FROM inbound_sms WHERE processed_at IS NULL) AS pending');
    if (!row!['pending']) return;
    if (Date.now() > deadline) throw new Error(`The backlog is not empty after ${DRAIN_TIMEOUT_S} s.`);
    await sleep(100);
  }
}
