// Does the service lose, double, invert or invent anything while what it stands on breaks? `npm run faults -- --help`.
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { BUILT_MAIN } from '../../scripts/service-process.ts';
import { canMount } from '../stack/small-disk.ts';
import type { History } from './history/history.ts';
import { writeHistories } from './history/write.ts';
import { ALL_FAULT_KINDS } from './plan/fault-kinds.ts';
import { fakeClock } from './plan/inject.ts';
import { closingLine, summarise, type Summary } from './report/summary.ts';
import { printTable } from './report/table.ts';
import { runScenario } from './run-scenario.ts';
import { FULL, QUICK, type Scenario, scenariosOf } from './scenario.ts';

const HELP = `npm run faults [-- options]

  --full           1,000,000 texts and 300 faults instead of 20,000 and 40
  --seed N         the same faults, load and trouble as in an earlier run
  --texts N        how many texts
  --faults N       how many faults
  --per-second N   how many texts a second
  --only WORD      only scenarios whose name has it, such as Redis
  --kind WORD      only faults whose kind has it, such as flushed
  --at-once        all scenarios at once, in half the time; they take turns on the machine, so recoveries tell little
  --out FILE       where the whole history goes, as JSON
  --save FILE      where the summary goes, as JSON
`;

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    seed: { type: 'string' },
    texts: { type: 'string' },
    faults: { type: 'string' },
    'per-second': { type: 'string' },
    'at-once': { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    kind: { type: 'string', default: '' },
    out: { type: 'string', default: join(tmpdir(), 'sms-inbound-faults', 'history.json') },
    save: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const size = values.full ? FULL : QUICK;
const seed = read('seed', Date.now() % 100_000);
const has = { disks: await canMount(), clock: fakeClock() !== undefined };
if (!has.disks) console.log('Left out, for want of the right to mount: disk full, failed over');
if (!has.clock) console.log('Left out, for want of faketime: worker clock wrong');
const kinds = ALL_FAULT_KINDS.filter(
  (kind) => kind.includes(values.kind) && (has.clock || kind !== 'worker clock wrong'),
);
const scenarios = scenariosOf(
  {
    ...size,
    texts: read('texts', size.texts, 1),
    faults: read('faults', size.faults),
    perSecond: read('per-second', size.perSecond, 1),
  },
  { kinds, hasDisks: has.disks },
).filter(({ name }) => name.includes(values.only));
if (scenarios.length === 0) {
  console.error(`Nothing to run: no scenario has "${values.only}" with a fault that has "${values.kind}". Faults are:`);
  console.error(ALL_FAULT_KINDS.join(', '));
  process.exit(2);
}

const logs = join(dirname(values.out), 'logs');
const run = (scenario: Scenario): Promise<History> =>
  runScenario(scenario, { seed, main: BUILT_MAIN, logs, say: console.log });
const histories = values['at-once'] ? await Promise.all(scenarios.map(run)) : await oneByOne(scenarios);

const summary = summarise(seed, histories);
await writeHistories(values.out, histories);
if (values.save) {
  await mkdir(dirname(values.save), { recursive: true });
  await writeFile(values.save, `${JSON.stringify(summary, null, 2)}\n`);
}
print(summary);
const wanted = scenarios.reduce((sum, { faults }) => sum + faults, 0);
if (summary.faults < wanted) console.log(`Only ${summary.faults} of ${wanted} faults happened.`);
if (summary.notAccepted > summary.texts / 2)
  console.log('Most texts were never accepted: this machine is too busy to tell much.');
process.exit(summary.violations.length > 0 || summary.faults < wanted ? 1 : 0);

async function oneByOne(all: Scenario[]): Promise<History[]> {
  const done: History[] = [];
  for (const scenario of all) done.push(await run(scenario));
  return done;
}

function read(name: 'seed' | 'texts' | 'faults' | 'per-second', fallback: number, least = 0): number {
  const given = values[name];
  if (given === undefined) return fallback;
  if (/^\d+$/.test(given) && Number(given) >= least) return Number(given);
  console.error(`--${name} is a whole number, at least ${least}, not "${given}".`);
  process.exit(2);
}

function print({ kinds, violations, notAccepted, replies }: Summary): void {
  console.log(`\nSeconds, median / longest:\n${printTable(kinds)}\n`);
  for (const { scenario, invariant, harm, what } of violations.slice(0, 20)) {
    console.log(`${invariant} ${harm} (${scenario}): ${what}`);
  }
  console.log(
    `${replies} replies; ${notAccepted} texts never accepted; seed ${seed}; history in ${values.out}, logs beside it`,
  );
  console.log(closingLine(summary));
}
