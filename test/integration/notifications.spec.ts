import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Listening, startListening } from '../support/listening.ts';

let listening: Listening;

beforeAll(async () => {
  listening = await startListening();
});
afterAll(() => listening.stop());

test('LISTEN recovers when its connection is cut, and takes it that it missed something', () =>
  expect(listening.expectRecovery((proxy) => proxy.reset(), 15_000)).resolves.toBeUndefined());
