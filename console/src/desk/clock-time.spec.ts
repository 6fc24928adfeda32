import { expect, test } from '@jest/globals';
import { clockTime } from './clock-time.ts';

test.each([
  [0, '0:00'],
  [999, '0:00'],
  [1_000, '0:01'],
  [59_999, '0:59'],
  [60_000, '1:00'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00:00'],
  [3_723_000, '1:02:03'],
  [86_399_999, '23:59:59'],
  // The clock of this computer is behind that of the service.
  [-5_000, '0:00'],
])('%i ms: %s', (ms, text) => {
  expect(clockTime(ms)).toBe(text);
});
