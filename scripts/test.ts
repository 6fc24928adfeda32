// All tests: `npm test`. Two runners at once, since most tests wait more than they work; each has a PostgreSQL server of its
// own. The faults come last: they take the whole machine. Words for Jest go to each runner.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const AT_ONCE = [
  ['unit', 'integration', 'queue'],
  ['e2e', 'attacks', 'browser'],
];
const LAST = ['faults'];
const CLOSING_LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm;

interface Outcome {
  exitCode: number;
  passed: number;
  failed: number;
  skipped: number;
}

/** What several print at once, one after the other. */
class Turns {
  private readonly waiting: string[] = [];
  private isTaken = false;

  take(): { print: (text: string) => void; done: () => void } {
    const isMine = !this.isTaken;
    this.isTaken = true;
    let kept = '';
    return {
      print: (text) => void (isMine ? process.stdout.write(text) : (kept += text)),
      done: () => {
        if (!isMine) this.waiting.push(kept);
      },
    };
  }

  end(): void {
    process.stdout.write(this.waiting.splice(0).join(''));
    this.isTaken = false;
  }
}

async function run(projects: string[], turns: Turns): Promise<Outcome> {
  const { print, done } = turns.take();
  const jest = [join(root, 'node_modules/jest/bin/jest.js'), '--selectProjects', ...projects, '--passWithNoTests'];
  const child = spawn(process.execPath, ['--experimental-vm-modules', ...jest, ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('SIGTERM', () => child.kill());
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      print(text);
    });
  }
  const exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  done();
  const [, ...counts] = [...printed.matchAll(CLOSING_LINE)].at(-1) ?? [];
  const [passed = 0, failed = 0, skipped = 0] = counts.map((count) => Number(count ?? 0));
  return { exitCode, passed, failed, skipped };
}

const turns = new Turns();
const outcomes = await Promise.all(AT_ONCE.map((projects) => run(projects, turns)));
turns.end();
outcomes.push(await run(LAST, turns));
const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0);
const skipped = sum((outcome) => outcome.skipped);
console.log(`\nAll runners together, in ${Math.round(performance.now() / 1_000)} s:`);
console.log(
  `${sum((outcome) => outcome.passed)} passed, ${sum((outcome) => outcome.failed)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
// A runner that broke down counts no test as failed.
process.exitCode = Math.max(...outcomes.map(({ exitCode }) => exitCode));
