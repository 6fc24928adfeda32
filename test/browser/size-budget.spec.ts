import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUILT = join(import.meta.dirname, '../../console/dist');
const BUDGET = 250_000;

test('The console is on the screen after at most 250 kB of JavaScript', () => {
  const files = filesAtFirst();
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILT, file))).length, 0);
  console.log(`${(bytes / 1000).toFixed(1)} kB gzipped in ${files.length} files`);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(BUDGET);
});

/** The entry script, what the page preloads, and what these import in their turn. */
function filesAtFirst(): string[] {
  const page = readFileSync(join(BUILT, 'index.html'), 'utf8');
  const files = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file!));
  for (const file of files) {
    const script = readFileSync(join(BUILT, file), 'utf8');
    for (const [, name] of script.matchAll(/(?:^|[;}\n])\s*(?:import|export)\b[^;"'`()]*?["']\.\/([^"']+\.js)["']/g)) {
      files.add(`assets/${name}`);
    }
  }
  return [...files];
}
