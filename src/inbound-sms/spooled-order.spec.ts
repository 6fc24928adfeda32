import { describe, expect, test } from '@jest/globals';
import { mergeByTime } from './spooled-order.js';

type Segment = [beganAt: number, ...items: (number | null)[]];

/** Each item is written `segment:number of the item in it`; the end of a segment is `segment.`. */
async function merge(...segments: Segment[]): Promise<{ steps: string; mostOpen: number }> {
  const steps: string[] = [];
  let open = 0;
  let mostOpen = 0;
  const timed = segments.map(([beganAt, ...items], n) => {
    const id = String.fromCharCode(97 + n);
    return {
      id,
      beganAt: new Date(beganAt),
      read: () => {
        mostOpen = Math.max(mostOpen, ++open);
        return Promise.resolve(items.map((at, i) => ({ at, item: `${id}${i + 1}` })));
      },
    };
  });
  for await (const step of mergeByTime(timed)) {
    if ('end' in step) open--;
    steps.push('end' in step ? `${step.end}.` : step.item);
  }
  return { steps: steps.join(' '), mostOpen };
}

describe('Segments of the spool', () => {
  test.each<[string, Segment[], string]>([
    ['none', [], ''],
    ['one', [[10, 11, 12]], 'a1 a2 a.'],
    [
      'one after the other',
      [
        [10, 11, 12],
        [20, 21],
      ],
      'a1 a2 a. b1 b.',
    ],
    [
      'of two processes at the same time',
      [
        [10, 11, 14, 15],
        [12, 13, 16],
      ],
      'a1 b1 a2 a3 a. b2 b.',
    ],
    ['of which one is empty', [[10], [11, 12]], 'a. b1 b.'],
    ['of which one was taken by another process meanwhile', [[10, 11], [10], [12, 13]], 'b. a1 a. c1 c.'],
    [
      'with a record that nobody can read',
      [
        [10, null, 14],
        [12, 13],
      ],
      'a1 b1 b. a2 a.',
    ],
    [
      'whose records came a moment before the file did',
      [
        [10, 9, 13],
        [12, 11],
      ],
      'a1 b1 b. a2 a.',
    ],
    ['that keep their order though a clock was set back', [[10, 15, 11]], 'a1 a2 a.'],
  ])('%s', async (_, segments, steps) => {
    expect((await merge(...segments)).steps).toBe(steps);
  });

  test('are read only when their time has come', async () => {
    const { mostOpen } = await merge([10, 11, 12], [20, 21, 22], [21, 22, 23], [30, 31]);
    expect(mostOpen).toBe(2);
  });
});
