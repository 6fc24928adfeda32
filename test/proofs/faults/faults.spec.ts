import { expect, test } from '@jest/globals';
import { reportFigure } from '../../support/figure.ts';
import { run } from './run-program.ts';

const MINUTE_MS = 60_000;
/** The gate tells whether a change broke something: that is to be the change, and not the luck of the draw. */
const SEED = '82236';

test(
  'nothing is lost, doubled, inverted or invented while what the service stands on breaks',
  async () => {
    const { code, printed } = await run('faults/main.ts', '--seed', SEED, '--at-once');
    reportFigure(/^messages \d+.*$/m.exec(printed)?.[0] ?? 'none');
    expect(printed).toMatch(/^messages \d+, deliveries \d+, faults \d+, lost 0, doubled 0, inverted 0, invented 0, /m);
    expect(code).toBe(0);
  },
  20 * MINUTE_MS,
);
