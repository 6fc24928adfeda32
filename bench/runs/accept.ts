import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { insertJournalRows } from '../limits/insert-journal-rows.ts';
import { sendWarm } from '../load/generator.ts';
import type { LoadPlan, LoadResult } from '../load/plan.ts';
import { openPeer } from '../peer/peer.ts';
import { cores, count, type Figure, milliseconds, NONE, perSecond, ratio, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { startStack, type QueueKind } from '../setup/stack.ts';
import { readOutcome } from '../setup/outcome.ts';
import { startProcess } from '../setup/process.ts';
import type { Sizes } from '../sizes.ts';
import { Rounds } from './rounds.ts';

const limits = join(import.meta.dirname, '../limits');
const WITHOUT_STORING = `--import=${pathToFileURL(join(limits, 'answer-without-storing.preload.ts')).href}`;

interface Accepting {
  perSecond: number;
  p99: number;
  generatorCores: number;
  notAccepted: number;
  /** Answered 200 and not in the journal; only of what has one. */
  lost: number;
}

/** How many SMS a second get their 200, at 64 connections: limits, the peer, and the service. */
export async function runAccept(ground: Ground, sizes: Sizes): Promise<Report> {
  const rounds = await Rounds.run<Accepting>(sizes.rounds, {
    limitA: () => measureBareHttp(ground, sizes),
    limitB: () => measureWithoutStoring(ground, sizes),
    limitC: () => measureInserts(ground, sizes),
    peer: () => measurePeer(ground, sizes),
    postgres: () => measureService(ground, sizes, 'postgres'),
    ...(sizes.asides && { redis: () => measureService(ground, sizes, 'redis') }),
  });
  return {
    title: 'Durable accept',
    how:
      `64 connections, each with its next form when it has its answer; ${sizes.accepts.toLocaleString('en-US')} forms ` +
      `(${sizes.answers.toLocaleString('en-US')} to limits A and B) after a warm-up, by the process that answers alone. The peer ` +
      'answers once Redis has the job in memory (on disk up to a second later), the service once PostgreSQL has the row on disk.',
    figures: toFigures(rounds),
  };
}

function toFigures(rounds: Rounds<Accepting>): Figure[] {
  const rateOf = (name: string): number => rounds.median(name, (round) => round.perSecond);
  const rate = (name: string, what: string): Figure => perSecond(`accept.${name}`, what, rateOf(name));
  const all = ['limitA', 'limitB', 'peer', 'postgres', 'redis'];
  return [
    rate('limitA', 'limit A: bare node:http reads the form and answers'),
    rate('limitB', "limit B: the service's route with its signature check, storing nothing"),
    rate('limitC', 'limit C: journal rows from Node, 64 per insert, one insert after the other'),
    rate('peer', 'peer 1: Express, twilio.webhook(), queue.add'),
    rate('postgres', 'the service, queues on PostgreSQL'),
    ...(rounds.has('redis') ? [rate('redis', 'the service, queues on Redis')] : []),
    ratio('accept.ratioToPeer', 'the service on PostgreSQL, of peer 1', rateOf('postgres') / rateOf('peer'), {
      atLeast: 2,
    }),
    ratio('accept.ratioToLimitB', 'the service on PostgreSQL, of limit B', rateOf('postgres') / rateOf('limitB'), {
      atLeast: 0.5,
    }),
    milliseconds(
      'accept.p99',
      'the service on PostgreSQL, p99',
      rounds.median('postgres', ({ p99 }) => p99),
      { below: 50 },
    ),
    milliseconds(
      'accept.peerP99',
      'peer 1, p99',
      rounds.median('peer', ({ p99 }) => p99),
    ),
    cores(
      'accept.generatorCores',
      'cores the load generator kept busy at limit A',
      rounds.median('limitA', ({ generatorCores }) => generatorCores),
    ),
    count(
      'accept.notAccepted',
      'forms that got no 200',
      rounds.sum(all, ({ notAccepted }) => notAccepted),
    ),
    count(
      'accept.lost',
      'forms that the service answered with 200 and has not',
      rounds.sum(all, ({ lost }) => lost),
      NONE,
    ),
  ];
}

async function measureBareHttp({ accountSid, authToken, to }: Ground, sizes: Sizes): Promise<Accepting> {
  const { ready, stop } = await startProcess(join(limits, 'bare-http.process.ts'));
  const url = `http://127.0.0.1:${(ready as { port: number }).port}/sms`;
  const plan = { url, signedUrl: url, accountSid, authToken, to, connections: 64, count: sizes.answers, customers: 1 };
  try {
    return toAccepting(await measure(plan, sizes));
  } finally {
    await stop();
  }
}

async function measureWithoutStoring(ground: Ground, sizes: Sizes): Promise<Accepting> {
  const stack = await startStack(ground, {
    queue: 'postgres',
    processes: ['api'],
    env: { NODE_OPTIONS: WITHOUT_STORING },
  });
  try {
    return toAccepting(await measure(stack.plan({ count: sizes.answers, customers: sizes.customers }), sizes));
  } finally {
    await stack.stop();
  }
}

async function measureInserts(ground: Ground, { warmUp, accepts }: Sizes): Promise<Accepting> {
  const { url, drop } = await ground.createDatabase();
  try {
    await insertJournalRows(url, warmUp);
    return { perSecond: await insertJournalRows(url, accepts), p99: 0, generatorCores: 0, notAccepted: 0, lost: 0 };
  } finally {
    await drop();
  }
}

async function measurePeer(ground: Ground, sizes: Sizes): Promise<Accepting> {
  const peer = await openPeer(ground, { withWorker: false });
  try {
    return toAccepting(await measure(peer.plan({ count: sizes.accepts, customers: sizes.customers }), sizes));
  } finally {
    await peer.close();
  }
}

async function measureService(ground: Ground, sizes: Sizes, queue: QueueKind): Promise<Accepting> {
  const stack = await startStack(ground, { queue, processes: ['api'] });
  try {
    const load = await measure(stack.plan({ count: sizes.accepts, customers: sizes.customers }), sizes);
    const { journal } = await readOutcome(stack.database);
    return { ...toAccepting(load), lost: Math.max(0, load.accepted + sizes.warmUp - journal) };
  } finally {
    await stack.stop();
  }
}

const measure = (plan: LoadPlan, { warmUp }: Sizes): Promise<LoadResult> => sendWarm({ ...plan, count: warmUp }, plan);

const toAccepting = ({ accepted, refused, failed, seconds, latency, generatorCores }: LoadResult): Accepting => ({
  perSecond: accepted / seconds,
  p99: latency.p99,
  generatorCores,
  notAccepted: refused + failed,
  lost: 0,
});
