// The static half of `npm run check`: everything that can be said of the sources without running a test, as many checks at
// once as there are processors.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

interface Check {
  name: string;
  /** What Node runs: a file of a package or of ours, and its options. */
  command: string[];
}

const root = join(import.meta.dirname, '..');
const lint = ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'];
const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', '-p'];

const BUILD: Check = { name: 'build', command: ['scripts/build.ts'] };

/** The longest first. */
const CHECKS: Check[] = [
  { name: 'types of the service and the tests', command: [...tsc, 'test'] },
  { name: 'lint', command: [...lint, '--tsconfig', 'test/tsconfig.json', '--ignore-pattern', 'console/**'] },
  { name: 'types of the console', command: [...tsc, 'console'] },
  {
    name: 'lint of the console',
    command: [
      ...lint,
      '--tsconfig',
      'console/tsconfig.json',
      '--ignore-pattern',
      'console/src/api/generated/**',
      'console',
    ],
  },
  { name: 'format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  {
    name: 'dependency rules',
    command: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      ...'-T err-long src simulator/src demo scripts bench docker examples'.split(' '),
    ],
  },
  {
    name: 'dependency rules of the console',
    command: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      ...'-T err-long --config console/.dependency-cruiser.cjs console/src'.split(' '),
    ],
  },
  { name: 'types of the simulator', command: [...tsc, 'simulator'] },
  { name: 'types of the bench', command: [...tsc, 'bench'] },
  { name: 'unused code', command: ['node_modules/knip/bin/knip.js'] },
  { name: 'types of the demo', command: [...tsc, 'demo'] },
  { name: 'openapi.json', command: ['scripts/openapi.ts', '--check'] },
  { name: 'OpenAPI rules', command: ['node_modules/@redocly/cli/bin/cli.js', 'lint', 'openapi.json'] },
  { name: '.env.example', command: ['scripts/env-example.ts', '--check'] },
];

const startedAt = performance.now();
if (await passes(BUILD)) {
  const left = CHECKS.values();
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (const check of left) await passes(check);
    }),
  );
}
console.log(`Static checks, in ${secondsSince(startedAt)} s: ${process.exitCode ? 'FAILED' : 'passed'}`);

/** Prints one line of it; what it has printed itself only when it fails. */
async function passes({ name, command }: Check): Promise<boolean> {
  const began = performance.now();
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text));
  const [code] = (await once(child, 'close')) as [number | null];
  console.log(`${name}: ${code === 0 ? 'passed' : 'FAILED'}, ${secondsSince(began)} s`);
  if (code === 0) return true;
  console.log(printed);
  process.exitCode = 1;
  return false;
}

function secondsSince(moment: number): string {
  return ((performance.now() - moment) / 1_000).toFixed(1);
}
