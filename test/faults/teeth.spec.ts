import { expect, test } from '@jest/globals';
import { run } from './run-program.ts';

const MINUTE_MS = 60_000;

test(
  'builds that are broken on purpose do not pass',
  async () => {
    const { code, printed } = await run('teeth.ts');
    expect(printed).toMatch(/^broken builds (\d+), caught \1$/m);
    expect(code).toBe(0);
  },
  10 * MINUTE_MS,
);
