import { expect, test } from '@jest/globals';
import { WorkLoop } from './work-loop.js';

test('does one thing at a time, and what comes meanwhile after it', async () => {
  const waiting = [1, 2];
  const done: number[] = [];
  let atOnce = 0;
  const loop = new WorkLoop(
    () => waiting.length > 0,
    async () => {
      expect(++atOnce).toBe(1);
      const next = waiting.shift()!;
      await Promise.resolve();
      done.push(next);
      if (next === 2) waiting.push(3);
      atOnce--;
    },
  );
  loop.start();
  loop.start();
  await loop.untilIdle();
  expect(done).toEqual([1, 2, 3]);
});

test.each(Array.from({ length: 12 }, (_, tick) => tick))(
  'leaves nothing that comes %i microtasks after the last thing was done',
  async (ticks) => {
    let waiting = 1;
    const loop = new WorkLoop(
      () => waiting > 0,
      async () => {
        waiting--;
      },
    );
    loop.start();
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    waiting++;
    loop.start();
    await new Promise(setImmediate);
    expect(waiting).toBe(0);
  },
);

test('goes on after an error when it is started again', async () => {
  const waiting = ['broken', 'fine'];
  const loop = new WorkLoop(
    () => waiting.length > 0,
    async () => {
      if (waiting.shift() === 'broken') throw new Error('broken');
    },
  );
  loop.start();
  await expect(loop.untilIdle()).rejects.toThrow('broken');
  loop.start();
  await loop.untilIdle();
  expect(waiting).toEqual([]);
});
