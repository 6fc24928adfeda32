import { send } from '../load/generator.ts';
import type { LoadPlan } from '../load/plan.ts';
import { openPeer } from '../peer/peer.ts';
import { type Figure, NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { type House, openHouse, type HouseOptions } from '../setup/house.ts';
import { countPublished, findLostAndDoubled, median, waitFor, watchGrowth } from '../setup/outcome.ts';
import type { DirectDatabase } from '../../test/support/postgres.ts';
import type { Sizes } from '../sizes.ts';

const PATIENCE_S = 300;
/** The number of the next customer: each flow has new ones, also on a database that had some before. */
let nextCustomer = 0;
/** As the peer's tutorials have it, and as the service is run where there is much to do. */
export const TWO_PROCESSES = ['api', 'worker,scheduler'];

/** One way from the door to the queue of the events. */
export interface Flow {
  perSecond: number;
  lost: number;
  doubled: number;
}

/** What a flow runs through. */
interface Way {
  database: DirectDatabase;
  countPublished(): Promise<number>;
  plan(load: Pick<LoadPlan, 'count' | 'customers'> & Partial<LoadPlan>): LoadPlan;
}

/** From the first request until the last contact is committed and its last event published. */
export async function runEndToEnd(ground: Ground, sizes: Sizes): Promise<Report> {
  const rounds: Record<'peer' | 'redis' | 'postgres' | 'oneProcess', Flow>[] = [];
  for (let n = 0; n < sizes.rounds; n++) {
    rounds.push({
      peer: await measurePeer(ground, sizes),
      redis: await measureService(ground, sizes, { queue: 'redis', processes: TWO_PROCESSES }),
      postgres: await measureService(ground, sizes, { queue: 'postgres', processes: TWO_PROCESSES }),
      oneProcess: await measureService(ground, sizes, { queue: 'postgres', processes: ['api,worker,scheduler'] }),
    });
  }
  type Name = keyof (typeof rounds)[0];
  const rateOf = (name: Name): number => median(rounds.map((round) => round[name].perSecond));
  const rate = (name: Name, what: string): Figure => ({
    id: `endToEnd.${name}`,
    what,
    value: rateOf(name),
    unit: '/s',
  });
  const ours = rounds.flatMap(({ redis, postgres, oneProcess }) => [redis, postgres, oneProcess]);
  const sum = (flows: Flow[], of: 'lost' | 'doubled'): number => flows.reduce((total, flow) => total + flow[of], 0);
  return {
    title: 'End to end',
    how:
      `${sizes.endToEnd.toLocaleString('en-US')} SMS of ${sizes.customers.toLocaleString('en-US')} customers as fast as the ` +
      'door takes them at 64 connections; the clock stops when every contact, message and event is committed and every event ' +
      'is in the queue of a consumer. Two processes each, one that answers and one that works; the peer works on 10 jobs at once.',
    figures: [
      rate('peer', 'peer 1: one job and one transaction per SMS, Redis'),
      rate('redis', 'the service, queues on Redis'),
      rate('postgres', 'the service, queues on PostgreSQL'),
      rate('oneProcess', 'the service in one process, queues on PostgreSQL'),
      {
        id: 'endToEnd.redisToPeer',
        what: 'the service on Redis, of peer 1',
        value: rateOf('redis') / rateOf('peer'),
        unit: 'x',
        target: { atLeast: 5 },
      },
      {
        id: 'endToEnd.postgresToPeer',
        what: 'the service on PostgreSQL, of peer 1',
        value: rateOf('postgres') / rateOf('peer'),
        unit: 'x',
        target: { atLeast: 3 },
      },
      {
        id: 'endToEnd.lost',
        what: 'accepted by the service and no message',
        value: sum(ours, 'lost'),
        unit: '',
        target: NONE,
      },
      {
        id: 'endToEnd.doubled',
        what: 'messages of the service too many',
        value: sum(ours, 'doubled'),
        unit: '',
        target: NONE,
      },
      {
        id: 'endToEnd.peerLost',
        what: 'accepted by the peer and no message',
        value: sum(
          rounds.map(({ peer }) => peer),
          'lost',
        ),
        unit: '',
      },
    ],
  };
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
    return await measureFlow(wayThrough(house), sizes);
  } finally {
    await house.close();
  }
}

export const wayThrough = (house: House): Way => ({
  database: house.database,
  countPublished: () => countPublished(house.database),
  plan: house.plan,
});

/** All customers are new: each text but the first of each finds the contact that the first has made. */
export async function measureFlow(way: Way, { endToEnd: count, customers, warmUp }: Sizes): Promise<Flow> {
  const before = await way.countPublished();
  const warm = await send(way.plan({ count: warmUp, customers: warmUp, firstCustomer: nextCustomer }));
  await waitFor(way.countPublished, before + 2 * warm.accepted, PATIENCE_S);

  const start = await way.countPublished();
  const watch = watchGrowth(way.countPublished);
  const load = await send(way.plan({ count, customers, firstCustomer: nextCustomer + warmUp, namesAccepted: true }));
  const doneAt = await watch.until(start + load.accepted + customers, PATIENCE_S);
  nextCustomer += warmUp + customers;
  const { lost, doubled } = await findLostAndDoubled(way.database, load);
  return { perSecond: (load.accepted * 1e6) / (doneAt - load.startedAt), lost, doubled };
}
