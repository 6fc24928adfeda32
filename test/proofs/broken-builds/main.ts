// Would the checker see it? Runs builds that are broken on purpose, and fails when one of them passes.
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../../scripts/temporary-folder.ts';
import { BROKEN_BUILDS, breakBuild, type BrokenBuild } from './builds.ts';
import { check } from '../faults/checker/check.ts';
import { runScenario } from '../faults/run-scenario.ts';

const SEED = 1;
const PER_SECOND = 60;
/** A broken build never gets done: it is not waited for long. */
const PATIENCE_MS = 12_000;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const folder = await makeTemporaryFolder('teeth');
let missed = 0;
for (const [i, build] of BROKEN_BUILDS.entries()) {
  const found = await bite(build, join(folder.path, String(i)));
  const caught = found.filter(({ invariant }) => invariant === build.breaks);
  console.log(`${build.name}: ${caught.length} violations of ${build.breaks}, such as "${caught[0]?.what ?? 'none'}"`);
  if (caught.length === 0) missed++;
}
await folder.remove();
console.log(`broken builds ${BROKEN_BUILDS.length}, caught ${BROKEN_BUILDS.length - missed}`);
process.exit(missed === 0 ? 0 : 1);

async function bite(build: BrokenBuild, place: string) {
  const main = await breakBuild(build, place);
  const scenario = {
    name: build.name,
    perSecond: PER_SECOND,
    isFragile: false,
    isFull: false,
    patienceMs: PATIENCE_MS,
  };
  return check(
    await runScenario({ ...scenario, ...build.run }, { seed: SEED, main, logs: place, say: () => undefined }),
  );
}
