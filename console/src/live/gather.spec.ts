import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { gather } from './gather.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** What was handed on, each time as one text. */
function startGathering() {
  const handedOn: string[] = [];
  return { handedOn, gathering: gather<string>(150, (things) => handedOn.push(things.join(' '))) };
}

test('What comes within the time is handed on in one go, each thing once', async () => {
  const { handedOn, gathering } = startGathering();
  for (const thing of ['a', 'b', 'a']) gathering.add(thing);
  await jest.advanceTimersByTimeAsync(149);
  gathering.add('c');
  expect(handedOn).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(handedOn).toEqual(['a b c']);
});

test('The time runs from the first thing: a steady stream is not held back', async () => {
  const { handedOn, gathering } = startGathering();
  for (let i = 1; i <= 6; i += 1) {
    gathering.add(`${i}`);
    await jest.advanceTimersByTimeAsync(100);
  }
  expect(handedOn).toEqual(['1 2', '3 4', '5 6']);
});

test('The same thing is handed on again when it comes again later', async () => {
  const { handedOn, gathering } = startGathering();
  gathering.add('a');
  await jest.advanceTimersByTimeAsync(150);
  gathering.add('a');
  await jest.advanceTimersByTimeAsync(150);
  expect(handedOn).toEqual(['a', 'a']);
});

test('What still waits when it is stopped is not handed on, not even with what comes later', async () => {
  const { handedOn, gathering } = startGathering();
  gathering.add('a');
  gathering.stop();
  await jest.advanceTimersByTimeAsync(1_000);
  expect(handedOn).toEqual([]);
  gathering.add('b');
  await jest.advanceTimersByTimeAsync(150);
  expect(handedOn).toEqual(['b']);
});
