import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { makeTemporaryFolder } from '../../scripts/temporary-folder.ts';
import { askDirectly } from '../../test/support/postgres.ts';
import { fillHistory } from '../growth/history.ts';
import { type ListTime, timeLists } from '../growth/lists.ts';
import { explainRecorded, type StatementPlan, toTable } from '../growth/plans.ts';
import { send } from '../load/generator.ts';
import { bytes, count, milliseconds, perSecond, ratio, NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { startStack } from '../setup/stack.ts';
import { median } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';
import { type Flow, measureService, TWO_PROCESSES } from './end-to-end.ts';

const RECORDER = join(import.meta.dirname, '../growth/record-statements.preload.ts');
const LIMIT_MS = 50;
/** Several sweeps pass meanwhile. */
const SWEEPS_MS = 5_000;

/** A large database: how fast its lists and its workers are, and how every statement finds its rows. */
export async function runGrowth(ground: Ground, sizes: Sizes): Promise<Report> {
  const { url: databaseUrl, drop } = await ground.createDatabase();
  try {
    const fillSeconds = await fill(databaseUrl, sizes);
    const lists = await measureLists(ground, databaseUrl, sizes);
    const flows: { empty: Flow; grown: Flow }[] = [];
    for (let n = 0; n < sizes.rounds; n++) {
      flows.push({
        empty: await measureService(ground, sizes, { queue: 'postgres', processes: TWO_PROCESSES }),
        grown: await measureService(ground, sizes, { queue: 'postgres', processes: TWO_PROCESSES, databaseUrl }),
      });
    }
    const plans = await explainAll(ground, databaseUrl);
    return toReport({ sizes, fillSeconds, lists, flows, plans, databaseBytes: await sizeOf(databaseUrl) });
  } finally {
    await drop();
  }
}

async function fill(databaseUrl: string, { grownContacts, grownMessages }: Sizes): Promise<number> {
  const startedAt = performance.now();
  await fillHistory(databaseUrl, { contacts: grownContacts, messages: grownMessages });
  return (performance.now() - startedAt) / 1_000;
}

async function measureLists(ground: Ground, databaseUrl: string, { reads }: Sizes): Promise<ListTime[]> {
  const stack = await startStack(ground, { queue: 'postgres', processes: ['api'], databaseUrl });
  try {
    await timeLists(stack.api, stack.database, 2);
    return await timeLists(stack.api, stack.database, reads);
  } finally {
    await stack.stop();
  }
}

/** Lets the service do everything once while what it asks is written down. */
async function explainAll(ground: Ground, databaseUrl: string): Promise<StatementPlan[]> {
  const folder = await makeTemporaryFolder('statements');
  const file = join(folder.path, 'statements.jsonl');
  const env = {
    NODE_OPTIONS: `--import=${pathToFileURL(RECORDER).href}`,
    BENCH_STATEMENTS: file,
    SWEEP_SECONDS: '1',
  };
  const stack = await startStack(ground, { queue: 'postgres', processes: ['api,worker,scheduler'], databaseUrl, env });
  try {
    await send(stack.plan({ count: 500, customers: 100, firstCustomer: 900_000 }));
    await timeLists(stack.api, stack.database, 2);
    await sleep(SWEEPS_MS);
    return await explainRecorded(stack.database, file);
  } finally {
    await stack.stop();
    await folder.remove();
  }
}

async function sizeOf(databaseUrl: string): Promise<number> {
  const [row] = await askDirectly(databaseUrl, ({ query }) =>
    query('SELECT pg_database_size(current_database())::float8 AS bytes'),
  );
  return row!['bytes'] as number;
}

interface Measured {
  sizes: Sizes;
  fillSeconds: number;
  lists: ListTime[];
  flows: { empty: Flow; grown: Flow }[];
  plans: StatementPlan[];
  databaseBytes: number;
}

function toReport({ sizes, fillSeconds, lists, flows, plans, databaseBytes }: Measured): Report {
  const { grownMessages, grownContacts, reads } = sizes;
  const [empty, grown] = [
    median(flows.map((each) => each.empty.perSecond)),
    median(flows.map((each) => each.grown.perSecond)),
  ];
  const slowest = lists.reduce((worst, each) => (each.p95 > worst.p95 ? each : worst));
  const seqScans = plans.filter((plan) => plan.seqScans.length > 0).length;
  const sum = (of: 'lost' | 'doubled'): number => flows.reduce((total, each) => total + each.grown[of], 0);
  return {
    title: 'Growth',
    how:
      `${grownMessages.toLocaleString('en-US')} messages in ${grownContacts.toLocaleString('en-US')} contacts of a year, with ` +
      `their journal, replies and 30 days of events, made by SQL in ${fillSeconds.toFixed(0)} s. Each list is read ${reads} ` +
      'times over HTTP, of other contacts each time; the workers’ rate is that of the run end to end, beside an empty database.',
    figures: [
      milliseconds('growth.slowestList', `the slowest list (${slowest.name}), p95`, slowest.p95, { below: LIMIT_MS }),
      count(
        'growth.slowLists',
        `lists that are not below ${LIMIT_MS} ms at p95, of ${lists.length}`,
        lists.filter(({ p95 }) => p95 >= LIMIT_MS).length,
        { below: 1 },
      ),
      perSecond('growth.empty', 'intake to events on an empty database', empty),
      perSecond('growth.grown', 'intake to events on the large one', grown),
      ratio('growth.ratio', 'the large one, of the empty one', grown / empty, { atLeast: 0.9 }),
      count('growth.statements', 'statements explained', plans.length),
      count('growth.seqScans', 'statements that read a table that grows from end to end', seqScans, NONE),
      count('growth.lost', 'accepted and no message', sum('lost'), NONE),
      count('growth.doubled', 'messages too many', sum('doubled'), NONE),
      bytes(
        'growth.bytesPerMessage',
        'database per message, with all that belongs to it',
        databaseBytes / grownMessages,
      ),
    ],
    appendix: [
      '### Lists and searches',
      '',
      '| list | p50 | p95 | |',
      '| --- | ---: | ---: | --- |',
      ...lists
        .toSorted((a, b) => b.p95 - a.p95)
        .map(
          ({ name, p50, p95 }) =>
            `| ${name} | ${p50.toFixed(1)} ms | ${p95.toFixed(1)} ms | ${p95 < LIMIT_MS ? '' : `**not below ${LIMIT_MS} ms**`} |`,
        ),
      '',
      '### How each statement finds its rows',
      '',
      toTable(plans),
    ].join('\n'),
  };
}
