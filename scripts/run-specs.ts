// Runs spec files in several Jest processes at once. Each has a PostgreSQL server of its own, their files are on a disk in memory.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemporaryFolder } from './temporary-folder.ts';

const root = join(import.meta.dirname, '..');
const MEMORY_DISK = '/dev/shm';
/** What the runners and their servers need, with room to spare. */
const ENOUGH_BYTES = 8 * 1024 ** 3;
const SECONDS_FILE = join(root, 'test/seconds.json');
const SECONDS_OF_UNKNOWN = 5;
const CLOSING_LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm;

export interface SpecOutcome {
  passed: number;
  failed: number;
  skipped: number;
  exitCode: number;
  /** Everything that Jest printed, runner by runner. */
  printed: string;
  /** How long each file took. */
  seconds: Record<string, number>;
}

export interface SpecOptions {
  runners: number;
  env?: NodeJS.ProcessEnv;
  /** Called with the output of the first runner as it comes, and with that of the others at the end. */
  show: (text: string) => void;
  /** Further words for Jest. */
  jestOptions?: string[];
}

/** Seconds per spec file, as the last `npm test -- --record` measured them. */
export const readSeconds = (): Record<string, number> =>
  existsSync(SECONDS_FILE) ? (JSON.parse(readFileSync(SECONDS_FILE, 'utf8')) as Record<string, number>) : {};

/** Divides files so that each runner has about the same seconds to do: the longest file first, to the runner with the least. */
export function divide(files: string[], runners: number, seconds = readSeconds()): string[][] {
  const secondsOf = (file: string): number => seconds[file] ?? SECONDS_OF_UNKNOWN;
  const lanes = Array.from({ length: runners }, () => ({ files: [] as string[], seconds: 0 }));
  for (const file of files.toSorted((a, b) => secondsOf(b) - secondsOf(a) || a.localeCompare(b))) {
    const lane = lanes.toSorted((a, b) => a.seconds - b.seconds)[0]!;
    lane.files.push(file);
    lane.seconds += secondsOf(file);
  }
  return lanes.filter((lane) => lane.files.length > 0).map((lane) => lane.files);
}

/** @param files paths from the root of the repository */
export async function runSpecs(
  files: string[],
  { runners, env = {}, show, jestOptions = [] }: SpecOptions,
): Promise<SpecOutcome> {
  const { path, remove } = await makeTemporaryFolder('tests', chooseDisk());
  const removeAtExit = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  const secondsFile = join(path, 'seconds.jsonl');
  const variables = { ...process.env, ...env, TMPDIR: path, SPEC_SECONDS: secondsFile };
  const keepForLater = (): void => undefined;
  const outcomes = await Promise.all(
    divide(files, runners).map((lane, n) => runJest(lane, jestOptions, variables, n === 0 ? show : keepForLater)),
  );
  for (const { printed } of outcomes.slice(1)) show(printed);
  const seconds = existsSync(secondsFile) ? readLines(secondsFile) : {};
  await remove();
  process.off('exit', removeAtExit);
  const counts = outcomes.map(({ printed }) => countsIn(printed));
  // A runner that ended before its closing line has run nobody knows how many tests.
  const isWhole = counts.every((count) => count !== null);
  const sum = (place: number): number => counts.reduce((total, count) => total + (count?.[place] ?? 0), 0);
  return {
    passed: sum(0),
    failed: sum(1),
    skipped: sum(2),
    exitCode: isWhole ? Math.max(...outcomes.map(({ exitCode }) => exitCode)) : 1,
    printed: outcomes.map(({ printed }) => printed).join(''),
    seconds,
  };
}

async function runJest(
  files: string[],
  options: string[],
  env: NodeJS.ProcessEnv,
  show: (text: string) => void,
): Promise<{ exitCode: number; printed: string }> {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const words = ['--experimental-vm-modules', '--no-warnings', jest, ...options, '--runTestsByPath', ...files];
  const child = spawn(process.execPath, words, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (): void => void child.kill();
  process.once('exit', kill);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      show(text);
    });
  }
  const exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  process.off('exit', kill);
  return { exitCode, printed };
}

function countsIn(printed: string): number[] | null {
  const last = [...printed.matchAll(CLOSING_LINE)].at(-1);
  return last === undefined ? null : last.slice(1).map((count) => Number(count ?? 0));
}

function readLines(file: string): Record<string, number> {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const { file: spec, seconds } = JSON.parse(line) as { file: string; seconds: number };
      return [spec, seconds];
    }),
  );
}

/** In memory where there is room: the tests kill processes, never the machine. */
function chooseDisk(): string {
  const { bavail, bsize } = existsSync(MEMORY_DISK) ? statfsSync(MEMORY_DISK) : { bavail: 0, bsize: 0 };
  return Math.min(bavail * bsize, freemem()) > ENOUGH_BYTES ? MEMORY_DISK : tmpdir();
}
