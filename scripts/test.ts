// The first ring of tests: `npm test`. `npm test -- contacts` runs only the files whose path contains "contacts";
// `npm test -- --record` stores how long each file took, which balances the two runners of the next run.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSeconds, runSpecs } from './run-specs.ts';
import { findSpecFiles, projectsOf, testProjects } from './spec-files.ts';

const RUNNERS = 2;
const SLOWEST_SHOWN = 10;

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { record: { type: 'boolean', default: false }, project: { type: 'string', multiple: true } },
});
const projects = values.project ?? testProjects;

// Whoever ends this ends its runners too.
process.once('SIGTERM', () => process.exit(1));

const files = findSpecFiles().filter(
  (file) =>
    projectsOf(file).some((project) => projects.includes(project)) &&
    (words.length === 0 || words.some((word) => file.includes(word))),
);
if (files.length === 0) {
  console.error(`No spec file of ${projects.join(', ')} has "${words.join('" or "')}" in its path.`);
  process.exit(1);
}
const { passed, failed, skipped, exitCode, seconds } = await runSpecs(files, {
  runners: Math.min(RUNNERS, files.length),
  show: (text) => void process.stdout.write(text),
});

const slowest = Object.entries(seconds).toSorted(([, a], [, b]) => b - a);
console.log(`\nThe slowest files:`);
for (const [file, took] of slowest.slice(0, SLOWEST_SHOWN)) console.log(`${took.toFixed(1).padStart(7)} s  ${file}`);
if (values.record) {
  const all = Object.entries({ ...readSeconds(), ...seconds }).toSorted(([a], [b]) => a.localeCompare(b));
  writeFileSync(
    join(import.meta.dirname, '../test/seconds.json'),
    `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`,
  );
}
console.log(`\nAll runners together, in ${Math.round(performance.now() / 1_000)} s:`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = exitCode;
