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
import { type Stack, startStack } from '../setup/stack.ts';
import { recordArrivals } from '../setup/event-arrivals.ts';
import { findLostAndDoubled, readOutcome } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';
import { measureSteady, type Steady } from './steady.ts';

const TIMES = 3;
/** More than may wait at the intake, so that it is the intake that refuses. */
const CONNECTIONS = 3_000;
const NORMAL_WITHIN_MS = 5_000;
const DRAIN_WITHIN_S = 600;
/** Of p99, which differs by half from one time to the next. */
const NORMAL: Target = { below: 2 };

/** Three times what it can take: it goes on taking, refuses the rest at once, and is well again soon after. */
export async function runOverload(ground: Ground, sizes: Sizes): Promise<Report> {
  const stack = await startStack(ground, { queue: 'postgres', processes: ['api,worker,scheduler'] });
  try {
    await send(stack.plan({ count: sizes.warmUp, customers: sizes.customers }));
    await drain(stack);
    const before = await measureNormal(stack);
    const best = await send(stack.plan({ count: sizes.accepts, customers: sizes.customers, namesAccepted: true }));
    const bestRate = best.accepted / best.seconds;
    await drain(stack);

    const offered = Math.round(TIMES * bestRate);
    const load = await send(
      stack.plan({
        count: offered * sizes.overloadSeconds,
        customers: sizes.customers,
        ratePerSecond: offered,
        connections: CONNECTIONS,
        namesAccepted: true,
      }),
    );
    const overAt = Date.now();
    const { waiting: backlog } = await readOutcome(stack.database);
    const [after, drainSeconds] = await Promise.all([
      sleep(NORMAL_WITHIN_MS).then(() => measureNormal(stack)),
      drain(stack).then(() => (Date.now() - overAt) / 1_000),
    ]);
    const acceptedSms = [best, load].flatMap((each) => each.acceptedSms);
    const { lost, doubled } = await findLostAndDoubled(stack.database, { acceptedSms });
    const share = load.accepted / load.seconds / bestRate;
    const normal = (id: string, what: string, of: (steady: Steady) => Latency): Figure[] => {
      const [p99Before, p99After] = [of(before).p99, of(after).p99];
      return [
        milliseconds(`overload.${id}Before`, `${what} before the load, p99 at 200/s`, p99Before),
        milliseconds(`overload.${id}After`, `${what} 5 s after the load, p99 at 200/s`, p99After),
        ratio(`overload.${id}Ratio`, `${what} 5 s after the load, of before`, p99After / p99Before, NORMAL),
      ];
    };
    return {
      title: 'Overload',
      how:
        `${offered.toLocaleString('en-US')} SMS/s offered by the clock for ${sizes.overloadSeconds} s over up to ` +
        `${CONNECTIONS.toLocaleString('en-US')} connections: ${TIMES} times what the same process took just before at 64 ` +
        'connections while it worked on what came. The load generator takes the more of the two cores the more it offers, and ' +
        'each time counts from when an SMS was meant to be sent. A consumer reads at 200/s only: its pace is its own.',
      figures: [
        perSecond('overload.best', 'its best rate before', bestRate),
        perSecond('overload.offered', 'really sent', load.sent / load.seconds),
        perSecond('overload.accepted', 'accepted meanwhile', load.accepted / load.seconds),
        ratio('overload.share', 'accepted, of its best rate', share, { atLeast: 0.9 }),
        count('overload.refused', 'answered 503', load.refused),
        milliseconds('overload.refusedP50', 'time to a 503, p50', load.refusedLatency.p50),
        milliseconds('overload.refusedP99', 'time to a 503, p99', load.refusedLatency.p99),
        milliseconds('overload.refusedSinceSentP50', '… since it was really sent, p50', load.refusedSinceSent.p50),
        milliseconds('overload.refusedSinceSentP99', '… since it was really sent, p99', load.refusedSinceSent.p99),
        count('overload.failed', 'no answer, or another one', load.failed),
        milliseconds('overload.intakeP50', 'time to a 200, p50', load.latency.p50),
        milliseconds('overload.intakeP99', 'time to a 200, p99', load.latency.p99),
        count('overload.lost', 'accepted and no message in the end', lost, NONE),
        count('overload.doubled', 'messages too many', doubled, NONE),
        count('overload.backlog', 'SMS that waited for a worker when the load stopped', backlog),
        seconds('overload.drain', 'until none waited any more', drainSeconds),
        ...normal('intake', 'at the intake', ({ load: { latency } }) => latency),
        ...normal('event', 'from accept to event', ({ toEvent }) => toEvent),
      ],
    };
  } finally {
    await stack.stop();
  }
}

/** At 200/s, with a consumer that has nothing to work off from before. */
async function measureNormal(stack: Stack): Promise<Steady> {
  expectStatus(await stack.api.delete(`consumers/${CONSUMER}`), 204);
  expectStatus(await stack.api.put(`consumers/${CONSUMER}`, {}), 200);
  const arrivals = await recordArrivals(stack.databaseUrl);
  try {
    return await measureSteady(stack, arrivals, { seconds: 2 });
  } finally {
    await arrivals.stop();
  }
}

async function drain({ database }: Stack): Promise<void> {
  const deadline = Date.now() + DRAIN_WITHIN_S * 1_000;
  for (;;) {
    const [row] = await database.query('SELECT EXISTS (SELECT FROM inbound_sms WHERE processed_at IS NULL) AS waits');
    if (!row!['waits']) return;
    if (Date.now() > deadline) throw new Error(`SMS still wait after ${DRAIN_WITHIN_S} s.`);
    await sleep(100);
  }
}
