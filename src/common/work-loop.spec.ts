import { expect, test } from '@jest/globals';
import { WorkLoop } from './work-loop.js';

test('does one thing at a time, and then what came in the meantime', async () => {
  const pending = [1, 2];
  const done: number[] = [];
  let atOnce = 0;
  const loop = new WorkLoop(
    () => pending.length > 0,
    async () => {
      expect(++atOnce).toBe(1);
      const next = pending.shift()!;
      await Promise.resolve();
      done.push(next);
      if (next === 2) pending.push(3);
      atOnce--;
    },
  );
  loop.start();
  loop.start();
  await loop.untilIdle();
  expect(done).toEqual([1, 2, 3]);
});

test.each(Array.from({ length: 12 }, (_, tick) => tick))(
  'does what comes %i microtasks after the start',
  async (ticks) => {
    let pending = 1;
    const loop = new WorkLoop(
      () => pending > 0,
      async () => {
        pending--;
      },
    );
    loop.start();
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    pending++;
    loop.start();
    await new Promise(setImmediate);
    expect(pending).toBe(0);
  },
);

test('continues after an error when it is started again', async () => {
  const pending = ['broken', 'fine'];
  const loop = new WorkLoop(
    () => pending.length > 0,
    async () => {
      if (pending.shift() === 'broken') throw new Error('broken');
    },
  );
  loop.start();
  await expect(loop.untilIdle()).rejects.toThrow('broken');
  loop.start();
  await loop.untilIdle();
  expect(pending).toEqual([]);
});
