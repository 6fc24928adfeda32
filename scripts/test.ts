// All tests: `npm test`. Two runners at once, since most tests wait more than they work; each has a PostgreSQL server of
// its own. The faults come last: they take the whole machine.
import { spawn } from 'node:child_process';
import { existsSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemporaryFolder } from './temporary-folder.ts';

const AT_ONCE = [
  ['unit', 'integration', 'queue', 'attacks', 'teeth'],
  ['e2e', 'browser'],
];
const MEMORY_DISK = '/dev/shm';
/** What the runners and their servers take, and room to spare. */
const ENOUGH_BYTES = 8 * 1024 ** 3;

const root = join(import.meta.dirname, '..');
const CLOSING_LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm;

interface Outcome {
  exitCode: number;
  printed: string;
}

// Whoever ends this ends its runners too.
process.once('SIGTERM', () => process.exit(1));

/** Where tests have their files: in memory where there is room. What is killed in them is a process, never the machine. */
function chooseDisk(): string {
  const { bavail, bsize } = existsSync(MEMORY_DISK) ? statfsSync(MEMORY_DISK) : { bavail: 0, bsize: 0 };
  return Math.min(bavail * bsize, freemem()) > ENOUGH_BYTES ? MEMORY_DISK : tmpdir();
}

/** @param show what it prints, as it comes */
async function run(projects: string[], show: (text: string) => void, temporaryFolder = tmpdir()): Promise<Outcome> {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, ['--experimental-vm-modules', jest, '--selectProjects', ...projects], {
    cwd: root,
    env: { ...process.env, TMPDIR: temporaryFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill());
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      show(text);
    });
  }
  const exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  return { exitCode, printed };
}

const show = (text: string): void => void process.stdout.write(text);
const keepForLater = (): void => undefined;

const { path } = await makeTemporaryFolder('tests', chooseDisk());
process.once('exit', () => rmSync(path, { recursive: true, force: true }));
const together = await Promise.all(AT_ONCE.map((projects, n) => run(projects, n === 0 ? show : keepForLater, path)));
for (const { printed } of together.slice(1)) show(printed);
const outcomes = [...together, await run(['faults'], show)];

const counts = outcomes.map(({ printed }) => {
  const last = [...printed.matchAll(CLOSING_LINE)].at(-1);
  return last?.slice(1).map((count) => Number(count ?? 0));
});
const total = (place: number): number => counts.reduce((sum, each) => sum + (each?.[place] ?? 0), 0);
const [passed, failed, skipped] = [total(0), total(1), total(2)];
console.log(`\nAll runners together, in ${Math.round(performance.now() / 1_000)} s:`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
// One that was ended before its closing line has run who knows how many.
const isWhole = counts.every((each) => (each?.[0] ?? 0) > 0);
process.exitCode = isWhole ? Math.max(...outcomes.map(({ exitCode }) => exitCode)) : 1;
