import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Listening, startListening } from '../../support/listening.ts';

const HEARTBEAT_AND_DEADLINE_MS = 15_000;

let listening: Listening;

beforeAll(async () => {
  listening = await startListening();
});
afterAll(() => listening.stop());

test('LISTEN recovers when its connection carries nothing any more, though nobody closed it', () =>
  expect(
    listening.expectRecovery((proxy) => proxy.blackhole(), HEARTBEAT_AND_DEADLINE_MS + 15_000),
  ).resolves.toBeUndefined());
