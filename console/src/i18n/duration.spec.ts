import { expect, test } from '@jest/globals';
import { formatDuration } from './duration.ts';

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [1.9, '1 second'],
  [40, '40 seconds'],
  // In the largest unit of which there are two.
  [119, '119 seconds'],
  [120, '2 minutes'],
  [179, '2 minutes'],
  [7_199, '119 minutes'],
  [7_200, '2 hours'],
  [360_000, '100 hours'],
])('%d s: %s', (seconds, text) => {
  expect(formatDuration(seconds, 'en')).toBe(text);
});

test.each([
  [1, '1 secondo'],
  [150, '2 minuti'],
])('%d s in Italian: %s', (seconds, text) => {
  expect(formatDuration(seconds, 'it')).toBe(text);
});
