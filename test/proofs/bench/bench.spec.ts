import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const main = join(import.meta.dirname, '../../../bench/main.ts');

/** Not the figures: other specs run beside it, and they are of whatever machine this is. */
test('The bench runs, loses nothing, and prints its ratios', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [main, '--smoke']);
  const ratios = [...stdout.matchAll(/^ +(.*?) {2,}([\d.,]+)x .*$/gm)].map(([, what, ratio]) => [
    what,
    Number(ratio) > 0,
  ]);
  expect(ratios).toEqual([
    ['the service on PostgreSQL, of peer 1', true],
    ['the service on PostgreSQL, of limit B', true],
    ['the service on Redis, of peer 1', true],
    ['the service on PostgreSQL, of peer 1', true],
  ]);
  for (const promise of [
    'forms that the service answered with 200 and has not',
    'accepted by the service and no message',
    'messages of the service too many',
  ]) {
    expect(stdout).toMatch(new RegExp(`${promise} +0 +\\(0: met\\)`));
  }
}, 300_000);
