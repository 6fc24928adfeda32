import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { reportFigure } from '../../support/figure.ts';

const main = join(import.meta.dirname, '../../../bench/main.ts');

/** The figures themselves are not checked: they depend on the machine, and other specs run at the same time. */
test('The bench runs, loses nothing, and prints its ratios', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [main, '--smoke']);
  const lines = [...stdout.matchAll(/^ +(.*?) {2,}([\d.,]+)x .*$/gm)].map(([, what, ratio]) => ({
    what,
    ratio: ratio!,
  }));
  reportFigure(lines.map(({ what, ratio }) => `${what} ${ratio}x`).join(', '));
  const ratios = lines.map(({ what, ratio }) => [what, Number(ratio) > 0]);
  expect(ratios).toEqual([
    ['the service on PostgreSQL, compared with peer 1', true],
    ['the service on PostgreSQL, compared with limit B', true],
    ['the service on Redis, compared with peer 1', true],
    ['the service on PostgreSQL, compared with peer 1', true],
  ]);
  for (const promise of [
    'forms answered with 200 but not in the journal',
    'accepted by the service but without a message',
    'duplicate messages in the service',
  ]) {
    expect(stdout).toMatch(new RegExp(`${promise} +0 +\\(0: met\\)`));
  }
}, 300_000);
