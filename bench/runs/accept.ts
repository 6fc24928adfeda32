import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { insertJournalRows } from '../limits/insert-journal-rows.ts';
import { send } from '../load/generator.ts';
import type { LoadPlan, LoadResult } from '../load/plan.ts';
import { openPeer } from '../peer/peer.ts';
import { type Figure, NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { openHouse, type QueueKind } from '../setup/house.ts';
import { median, readOutcome } from '../setup/outcome.ts';
import { startProcess } from '../setup/process.ts';
import type { Sizes } from '../sizes.ts';

const limits = join(import.meta.dirname, '../limits');
const WITHOUT_STORING = `--import=${pathToFileURL(join(limits, 'answer-without-storing.preload.ts')).href}`;

/** What each of the compared can do in a round. */
interface Round {
  limitA: LoadResult;
  limitB: LoadResult;
  limitC: number;
  peer: LoadResult;
  postgres: LoadResult & { lost: number };
  redis: LoadResult & { lost: number };
}

/** How many SMS a second get their 200, at 64 connections: limits, the peer, and the service. */
export async function runAccept(ground: Ground, sizes: Sizes): Promise<Report> {
  const rounds: Round[] = [];
  for (let n = 0; n < sizes.rounds; n++) {
    rounds.push({
      limitA: await measureBareHttp(ground, sizes),
      limitB: await measureWithoutStoring(ground, sizes),
      limitC: await measureInserts(ground, sizes),
      peer: await measurePeer(ground, sizes),
      postgres: await measureService(ground, sizes, 'postgres'),
      redis: await measureService(ground, sizes, 'redis'),
    });
  }
  return toReport(rounds, sizes);
}

type ByName = Exclude<keyof Round, 'limitC'>;

function toReport(rounds: Round[], { accepts, answers }: Sizes): Report {
  const rateOf = (name: ByName): number => median(rounds.map((round) => round[name].accepted / round[name].seconds));
  const rate = (name: ByName, what: string): Figure => ({
    id: `accept.${name}`,
    what,
    value: rateOf(name),
    unit: '/s',
  });
  const p99 = median(rounds.map(({ postgres }) => postgres.latency.p99));
  const peerP99 = median(rounds.map(({ peer }) => peer.latency.p99));
  const sum = (count: (round: Round) => number): number => rounds.reduce((total, round) => total + count(round), 0);
  const notAccepted = sum((round) =>
    (['limitA', 'limitB', 'peer', 'postgres', 'redis'] as const).reduce(
      (total, name) => total + round[name].refused + round[name].failed,
      0,
    ),
  );
  const busiest = Math.max(...rounds.map(({ limitA }) => limitA.generatorCores));
  return {
    title: 'Durable accept',
    how:
      `64 connections, each with its next form when it has its answer; ${accepts.toLocaleString('en-US')} forms ` +
      `(${answers.toLocaleString('en-US')} to limits A and B) after a warm-up, by the process that answers alone. The peer ` +
      'answers once Redis has the job in memory (on disk up to a second later), the service once PostgreSQL has the row on disk.',
    figures: [
      rate('limitA', 'limit A: bare node:http reads the form and answers'),
      rate('limitB', "limit B: the service's route with its signature check, storing nothing"),
      {
        id: 'accept.limitC',
        what: 'limit C: journal rows from Node, 64 per insert, one insert after the other',
        value: median(rounds.map(({ limitC }) => limitC)),
        unit: '/s',
      },
      rate('peer', 'peer 1: Express, twilio.webhook(), queue.add'),
      rate('postgres', 'the service, queues on PostgreSQL'),
      rate('redis', 'the service, queues on Redis'),
      {
        id: 'accept.ratioToPeer',
        what: 'the service on PostgreSQL, of peer 1',
        value: rateOf('postgres') / rateOf('peer'),
        unit: 'x',
        target: { atLeast: 2 },
      },
      {
        id: 'accept.ratioToLimitB',
        what: 'the service on PostgreSQL, of limit B',
        value: rateOf('postgres') / rateOf('limitB'),
        unit: 'x',
        target: { atLeast: 0.5 },
      },
      { id: 'accept.p99', what: 'the service on PostgreSQL, p99', value: p99, unit: 'ms', target: { below: 50 } },
      { id: 'accept.peerP99', what: 'peer 1, p99', value: peerP99, unit: 'ms' },
      {
        id: 'accept.generatorCores',
        what: 'cores the load generator kept busy at limit A',
        value: busiest,
        unit: 'cores',
      },
      { id: 'accept.notAccepted', what: 'forms that got no 200', value: notAccepted, unit: '' },
      {
        id: 'accept.lost',
        what: 'forms that the service answered with 200 and has not',
        value: sum(({ postgres, redis }) => postgres.lost + redis.lost),
        unit: '',
        target: NONE,
      },
    ],
  };
}

async function measureBareHttp({ accountSid, authToken, to }: Ground, sizes: Sizes): Promise<LoadResult> {
  const { ready, stop } = await startProcess(join(limits, 'bare-http.process.ts'));
  const url = `http://127.0.0.1:${(ready as { port: number }).port}/sms`;
  try {
    return await measure({ url, signedUrl: url, accountSid, authToken, to, connections: 64 }, sizes, sizes.answers);
  } finally {
    await stop();
  }
}

async function measureWithoutStoring(ground: Ground, sizes: Sizes): Promise<LoadResult> {
  const house = await openHouse(ground, {
    queue: 'postgres',
    processes: ['api'],
    env: { NODE_OPTIONS: WITHOUT_STORING },
  });
  try {
    return await measure(house.plan({ count: 0, customers: 1 }), sizes, sizes.answers);
  } finally {
    await house.close();
  }
}

async function measureInserts(ground: Ground, sizes: Sizes): Promise<number> {
  const { url, drop } = await ground.createDatabase();
  try {
    await insertJournalRows(url, sizes.warmUp);
    return await insertJournalRows(url, sizes.accepts);
  } finally {
    await drop();
  }
}

async function measurePeer(ground: Ground, sizes: Sizes): Promise<LoadResult> {
  const peer = await openPeer(ground, { withWorker: false });
  try {
    return await measure(peer.plan({ count: 0, customers: 1 }), sizes, sizes.accepts);
  } finally {
    await peer.close();
  }
}

async function measureService(ground: Ground, sizes: Sizes, queue: QueueKind): Promise<LoadResult & { lost: number }> {
  const house = await openHouse(ground, { queue, processes: ['api'] });
  try {
    const result = await measure(house.plan({ count: 0, customers: 1 }), sizes, sizes.accepts);
    const { journal } = await readOutcome(house.database);
    return { ...result, lost: Math.max(0, result.accepted + sizes.warmUp - journal) };
  } finally {
    await house.close();
  }
}

/** Warms up what answers, then measures. */
async function measure(plan: Omit<LoadPlan, 'count' | 'customers'>, sizes: Sizes, count: number): Promise<LoadResult> {
  const { customers } = sizes;
  await send({ ...plan, customers, count: sizes.warmUp });
  return send({ ...plan, customers, count });
}
