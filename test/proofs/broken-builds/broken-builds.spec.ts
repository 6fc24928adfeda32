import { expect, test } from '@jest/globals';
import { reportFigure } from '../../support/figure.ts';
import { run } from '../faults/run-program.ts';

const MINUTE_MS = 60_000;

test(
  'builds that are broken on purpose do not pass',
  async () => {
    const { code, printed } = await run('broken-builds/main.ts');
    reportFigure(/^broken builds.*$/m.exec(printed)?.[0] ?? 'none');
    expect(printed).toMatch(/^broken builds (\d+), caught \1$/m);
    expect(code).toBe(0);
  },
  10 * MINUTE_MS,
);
