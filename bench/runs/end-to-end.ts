import { send } from '../load/generator.ts';
import type { LoadPlan } from '../load/plan.ts';
import { openPeer } from '../peer/peer.ts';
import { count, type Figure, NONE, perSecond, ratio, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { type House, type Load, openHouse, type HouseOptions, type QueueKind } from '../setup/house.ts';
import { countPublished, findLostAndDoubled, waitFor, GrowthWatch } from '../setup/outcome.ts';
import type { DirectDatabase } from '../../test/support/postgres.ts';
import type { Sizes } from '../sizes.ts';
import { Rounds } from './rounds.ts';

const TIMEOUT_S = 300;
/** The number of the next customer: each flow has new customers, even on a database that already has some. */
let nextCustomer = 0;
/** As in the peer's tutorials, and as the service is run under high load. */
export const TWO_PROCESSES = ['api', 'worker,scheduler'];

/** The result of one flow from the intake to the queue of events. */
export interface Flow {
  perSecond: number;
  lost: number;
  doubled: number;
}

/** The service or the peer, as a flow sees it. */
interface SystemUnderTest {
  database: DirectDatabase;
  countPublished: () => Promise<number>;
  plan: (load: Load) => LoadPlan;
}

/** Measures from the first request until the last contact is committed and the last event is published. */
export async function runEndToEnd(ground: Ground, sizes: Sizes): Promise<Report> {
  const service = (queue: QueueKind, processes: string[]) => (): Promise<Flow> =>
    measureService(ground, sizes, { queue, processes });
  const rounds = await Rounds.run<Flow>(sizes.rounds, {
    peer: () => measurePeer(ground, sizes),
    redis: service('redis', TWO_PROCESSES),
    postgres: service('postgres', TWO_PROCESSES),
    ...(sizes.extras && { oneProcess: service('postgres', ['api,worker,scheduler']) }),
  });
  return {
    title: 'End to end',
    how:
      `${sizes.endToEnd.toLocaleString('en-US')} SMS from ${sizes.customers.toLocaleString('en-US')} customers, as fast as the ` +
      'intake accepts them at 64 connections. The clock stops when every contact, message and event is committed and every event ' +
      "is in a consumer's queue. Each has two processes, one that answers and one that works; the peer processes 10 jobs at once.",
    figures: toFigures(rounds),
  };
}

function toFigures(rounds: Rounds<Flow>): Figure[] {
  const rateOf = (name: string): number => rounds.median(name, (flow) => flow.perSecond);
  const rate = (name: string, what: string): Figure => perSecond(`endToEnd.${name}`, what, rateOf(name));
  const ofPeer = (name: string): number => rateOf(name) / rateOf('peer');
  const ours = ['redis', 'postgres', 'oneProcess'];
  return [
    rate('peer', 'peer 1: one job and one transaction per SMS, Redis'),
    rate('redis', 'the service, queues on Redis'),
    rate('postgres', 'the service, queues on PostgreSQL'),
    ...(rounds.has('oneProcess') ? [rate('oneProcess', 'the service in one process, queues on PostgreSQL')] : []),
    ratio('endToEnd.redisToPeer', 'the service on Redis, compared with peer 1', ofPeer('redis'), { atLeast: 5 }),
    ratio('endToEnd.postgresToPeer', 'the service on PostgreSQL, compared with peer 1', ofPeer('postgres'), {
      atLeast: 3,
    }),
    count(
      'endToEnd.lost',
      'accepted by the service but without a message',
      rounds.sum(ours, ({ lost }) => lost),
      NONE,
    ),
    count(
      'endToEnd.doubled',
      'duplicate messages in the service',
      rounds.sum(ours, ({ doubled }) => doubled),
      NONE,
    ),
    count(
      'endToEnd.peerLost',
      'accepted by the peer but without a message',
      rounds.sum(['peer'], ({ lost }) => lost),
    ),
  ];
}

async function measurePeer(ground: Ground, sizes: Sizes): Promise<Flow> {
  const peer = await openPeer(ground, { withWorker: true });
  try {
    return await measureFlow(peer, sizes);
  } finally {
    await peer.close();
  }
}

export async function measureService(ground: Ground, sizes: Sizes, options: HouseOptions): Promise<Flow> {
  const house = await openHouse(ground, options);
  try {
    return await measureFlow(asSystem(house), sizes);
  } finally {
    await house.close();
  }
}

const asSystem = (house: House): SystemUnderTest => ({
  database: house.database,
  countPublished: () => countPublished(house.database),
  plan: house.plan,
});

/** All customers are new: the first text of each creates a contact, and the others join it. */
async function measureFlow(system: SystemUnderTest, { endToEnd, customers, warmUp }: Sizes): Promise<Flow> {
  const before = await system.countPublished();
  const warm = await send(system.plan({ count: warmUp, customers: warmUp, firstCustomer: nextCustomer }));
  await waitFor(system.countPublished, before + 2 * warm.accepted, TIMEOUT_S);

  const start = await system.countPublished();
  const watch = new GrowthWatch(system.countPublished);
  const load = await send(
    system.plan({ count: endToEnd, customers, firstCustomer: nextCustomer + warmUp, listAccepted: true }),
  );
  const doneAt = await watch.until(start + load.accepted + customers, TIMEOUT_S);
  nextCustomer += warmUp + customers;
  const { lost, doubled } = await findLostAndDoubled(system.database, load);
  return { perSecond: (load.accepted * 1e6) / (doneAt - load.startedAt), lost, doubled };
}
