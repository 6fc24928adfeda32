// Measures how fast the service is, compared with a common alternative and with what the machine can do: `npm run bench`.
import { parseArgs } from 'node:util';
import { failedPromises, formatValue, type Report, toLines } from './report/figures.ts';
import { describeMachine } from './report/machine.ts';
import { writeResults } from './report/results.ts';
import { writeSizing } from './report/sizing.ts';
import { runAccept } from './runs/accept.ts';
import { runEndToEnd } from './runs/end-to-end.ts';
import { runGrowth } from './runs/growth.ts';
import { runMemory } from './runs/memory.ts';
import { runOverload } from './runs/overload.ts';
import { runSeveralProcesses } from './runs/several-processes.ts';
import { runStart } from './runs/start.ts';
import { runSteady } from './runs/steady.ts';
import { type Ground, prepareGround } from './setup/ground.ts';
import { type Sizes, SIZES } from './sizes.ts';

const RUNS: Record<string, (ground: Ground, sizes: Sizes) => Promise<Report>> = {
  accept: runAccept,
  'end-to-end': runEndToEnd,
  steady: runSteady,
  overload: runOverload,
  processes: runSeveralProcesses,
  memory: runMemory,
  growth: runGrowth,
  start: runStart,
};
/** The smoke run: it checks that the bench works, and prints the ratios. The other runs have specs of their own or take too long. */
const SMOKE = ['accept', 'end-to-end'];

// Every process that a run starts adds an exit listener, so that it ends with this one.
process.setMaxListeners(0);

const { values: given } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    /** Runs with the long sizes, comma separated. */
    long: { type: 'string', default: '' },
    /** Only these runs, comma separated; nothing is written. */
    only: { type: 'string' },
    /** The sizes of the smoke run, for work on a run. */
    small: { type: 'boolean', default: false },
  },
});
const names = given.only?.split(',') ?? (given.smoke ? SMOKE : Object.keys(RUNS));
const long = given.long.split(',').filter(Boolean);
const sizesOf = (name: string): Sizes =>
  SIZES[given.smoke || given.small ? 'smoke' : long.includes(name) ? 'long' : 'default'];
const unknown = [...names, ...long].filter((name) => !(name in RUNS));
if (unknown.length > 0)
  throw new Error(`Unknown runs: ${unknown.join(', ')}. The runs are ${Object.keys(RUNS).join(', ')}.`);

const startedAt = new Date();
const ground = await prepareGround();
const reports: Report[] = [];
try {
  const machine = describeMachine(ground.postgres);
  for (const name of names) {
    const report = await RUNS[name]!(ground, sizesOf(name));
    reports.push(report);
    console.log(`${toLines(report).join('\n')}\n`);
  }
  if (!given.smoke && !given.small && given.only === undefined) {
    const command = `npm run bench${long.length > 0 ? ` -- --long ${given.long}` : ''}`;
    const minutes = (Date.now() - startedAt.getTime()) / 60_000;
    await writeResults({ command, startedAt: startedAt.toISOString(), minutes, machine, reports });
    await writeSizing();
    console.log('Written: bench/RESULTS.md, bench/results.json, docs/sizing.md');
  }
} finally {
  await ground.close();
}

for (const figure of failedPromises(reports)) {
  console.error(`Broken promise: ${figure.what}: ${formatValue(figure)}`);
  process.exitCode = 1;
}
