import { send } from '../load/generator.ts';
import type { LoadPlan } from '../load/plan.ts';
import { openPeer } from '../peer/peer.ts';
import { count, type Figure, NONE, perSecond, ratio, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { type Stack, type Load, startStack, type StackOptions, type QueueKind } from '../setup/stack.ts';
import { countPublished, findLostAndDoubled, waitFor, GrowthWatch } from '../setup/outcome.ts';
import type { DirectDatabase } from '../../test/support/postgres.ts';
import type { Sizes } from '../sizes.ts';
import { Rounds } from './rounds.ts';

const PATIENCE_S = 300;
/** The number of the next customer: each flow has new ones, also on a database that had some before. */
let nextCustomer = 0;
/** As the peer's tutorials have it, and as the service is run where there is much to do. */
export const TWO_PROCESSES = ['api', 'worker,scheduler'];

/** One way from the intake to the queue of the events. */
export interface Flow {
  perSecond: number;
  lost: number;
  doubled: number;
}

/** What a flow runs through. */
interface Way {
  database: DirectDatabase;
  countPublished: () => Promise<number>;
  plan: (load: Load) => LoadPlan;
}

/** From the first request until the last contact is committed and its last event published. */
export async function runEndToEnd(ground: Ground, sizes: Sizes): Promise<Report> {
  const service = (queue: QueueKind, processes: string[]) => (): Promise<Flow> =>
    measureService(ground, sizes, { queue, processes });
  const rounds = await Rounds.run<Flow>(sizes.rounds, {
    peer: () => measurePeer(ground, sizes),
    redis: service('redis', TWO_PROCESSES),
    postgres: service('postgres', TWO_PROCESSES),
    ...(sizes.asides && { oneProcess: service('postgres', ['api,worker,scheduler']) }),
  });
  return {
    title: 'End to end',
    how:
      `${sizes.endToEnd.toLocaleString('en-US')} SMS of ${sizes.customers.toLocaleString('en-US')} customers as fast as the ` +
      'intake takes them at 64 connections; the clock stops when every contact, message and event is committed and every event ' +
      'is in the queue of a consumer. Two processes each, one that answers and one that works; the peer works on 10 jobs at once.',
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
    ratio('endToEnd.redisToPeer', 'the service on Redis, of peer 1', ofPeer('redis'), { atLeast: 5 }),
    ratio('endToEnd.postgresToPeer', 'the service on PostgreSQL, of peer 1', ofPeer('postgres'), { atLeast: 3 }),
    count(
      'endToEnd.lost',
      'accepted by the service and no message',
      rounds.sum(ours, ({ lost }) => lost),
      NONE,
    ),
    count(
      'endToEnd.doubled',
      'messages of the service too many',
      rounds.sum(ours, ({ doubled }) => doubled),
      NONE,
    ),
    count(
      'endToEnd.peerLost',
      'accepted by the peer and no message',
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

export async function measureService(ground: Ground, sizes: Sizes, options: StackOptions): Promise<Flow> {
  const stack = await startStack(ground, options);
  try {
    return await measureFlow(wayThrough(stack), sizes);
  } finally {
    await stack.stop();
  }
}

const wayThrough = (stack: Stack): Way => ({
  database: stack.database,
  countPublished: () => countPublished(stack.database),
  plan: stack.plan,
});

/** All customers are new: each text but the first of each finds the contact that the first has made. */
async function measureFlow(way: Way, { endToEnd, customers, warmUp }: Sizes): Promise<Flow> {
  const before = await way.countPublished();
  const warm = await send(way.plan({ count: warmUp, customers: warmUp, firstCustomer: nextCustomer }));
  await waitFor(way.countPublished, before + 2 * warm.accepted, PATIENCE_S);

  const start = await way.countPublished();
  const watch = new GrowthWatch(way.countPublished);
  const load = await send(
    way.plan({ count: endToEnd, customers, firstCustomer: nextCustomer + warmUp, namesAccepted: true }),
  );
  const doneAt = await watch.until(start + load.accepted + customers, PATIENCE_S);
  nextCustomer += warmUp + customers;
  const { lost, doubled } = await findLostAndDoubled(way.database, load);
  return { perSecond: (load.accepted * 1e6) / (doneAt - load.startedAt), lost, doubled };
}
