// The proofs: `npm run proofs` runs all, `npm run proofs faults image` runs these, `npm run proofs -- --for-change` runs those
// whose folders the change since main touches, `npm run proofs -- --list` lists them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Proof, PROOFS } from './proof-table.ts';
import { runSpecs } from './run-specs.ts';
import { findSpecFiles, proofOf } from './spec-files.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean', default: false }, 'for-change': { type: 'boolean', default: false } },
});
const logs = join(tmpdir(), 'sms-inbound-proofs');
const nameWidth = Math.max(...PROOFS.map(({ name }) => name.length));

process.once('SIGTERM', () => process.exit(1));

if (values.list) {
  for (const { name, shows } of PROOFS) console.log(`${name.padEnd(nameWidth)}  ${shows}`);
} else {
  const chosen = values['for-change'] ? forChange() : positionals.length > 0 ? positionals.map(named) : PROOFS;
  mkdirSync(logs, { recursive: true });
  let failed = 0;
  for (const proof of chosen) if (!(await prove(proof))) failed++;
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Runs a proof and prints its line. @returns whether it passed */
async function prove({ name, runners }: Proof): Promise<boolean> {
  const startedAt = performance.now();
  const files = findSpecFiles().filter((file) => proofOf(file) === name);
  const { passed, failed, exitCode, printed } = await runSpecs(files, { runners, show: () => undefined });
  const isPassed = exitCode === 0 && failed === 0 && passed > 0;
  const figures = [...printed.matchAll(/^figure: (.*)$/gm)].map(([, figure]) => figure);
  const log = join(logs, `${name}.log`);
  writeFileSync(log, printed);
  const words = [`${passed} tests`, ...(failed > 0 ? [`${failed} failed`] : []), ...figures].join(', ');
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(
    `${name.padEnd(nameWidth)}  ${isPassed ? 'passed' : 'FAILED'}  ${words}  ${seconds} s${isPassed ? '' : `\n  see ${log}`}`,
  );
  return isPassed;
}

function named(name: string): Proof {
  const found = PROOFS.find((proof) => proof.name === name);
  if (found !== undefined) return found;
  console.error(`There is no proof "${name}". There are: ${PROOFS.map((proof) => proof.name).join(', ')}.`);
  process.exit(2);
}

/** Compares the working tree with where it left main; on main itself, with the commit before. */
function forChange(): Proof[] {
  const branch = git('rev-parse', '--abbrev-ref', 'HEAD');
  const base = branch === 'main' ? 'HEAD~1' : git('merge-base', 'main', 'HEAD');
  const changed = [
    ...git('diff', '--name-only', base).split('\n'),
    ...git('ls-files', '--others', '--exclude-standard').split('\n'),
  ];
  const chosen = PROOFS.filter(({ name, folders }) =>
    changed.some((file) => [`test/proofs/${name}/`, ...folders].some((folder) => file.startsWith(folder))),
  );
  console.log(`Since ${base}: ${chosen.map(({ name }) => name).join(', ') || 'no proof is called for'}.`);
  return chosen;
}

function git(...words: string[]): string {
  return execFileSync('git', words, { encoding: 'utf8', cwd: join(import.meta.dirname, '..') }).trim();
}
