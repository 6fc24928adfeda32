import { afterEach, describe, expect, test } from '@jest/globals';
import { type BuiltService, startBuiltService } from '../../stack/built-service.ts';
import { type EventReader, readQueue } from '../../stack/event-reader.ts';
import { killEmbeddedPostgres } from '../../stack/postmaster.ts';
import { startTestRedis, type TestRedis } from '../../stack/redis-server.ts';
import { ask, countByType, reachedBy, readEvents, readThreads, startBurst, textsOf } from '../../support/burst.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../../support/factories.ts';

const TEXTS = 2_000;
const CUSTOMERS = 200;
const BURST = { count: TEXTS, customers: CUSTOMERS, trouble: { duplicateShare: 0.1 } };
const KILL_AT = 700;
const CONSUMER = 'burst';

/** Everything that is up in one test. */
interface House {
  service: BuiltService;
  redis: TestRedis | null;
}

let house: House;
let reader: EventReader | null = null;

afterEach(async () => {
  await reader?.stop();
  reader = null;
  await house.service.stop();
  await house.redis?.stop();
});

describe.each([
  { backend: 'the embedded PostgreSQL alone', withRedis: false },
  { backend: 'Redis', withRedis: true },
])(`${TEXTS} texts of ${CUSTOMERS} customers, some delivered twice, on $backend`, ({ withRedis }) => {
  test('are each exactly one message, in order, and one event', async () => {
    house = await openHouse(withRedis);
    reader = await openQueue();
    const burst = await reachedBy(house.service.simulator.url, await startBurst(house.service.simulator.url, BURST));
    expect(burst).toMatchObject({ sent: TEXTS, accepted: TEXTS, rejected: 0 });
    expect(burst.duplicates).toBeGreaterThan(100);
    await expectEveryTextOnce();
  });

  test('survive a kill -9 of the service in between', async () => {
    house = await openHouse(withRedis);
    const id = await startBurst(house.service.simulator.url, BURST);
    const { done } = await reachedBy(house.service.simulator.url, id, KILL_AT);
    await house.service.kill();
    expect(done).toBe(false);

    await house.service.startAgain();
    const burst = await reachedBy(house.service.simulator.url, id);
    expect(burst).toMatchObject({ sent: TEXTS, accepted: TEXTS, rejected: 0 });
    expect(burst.retried).toBeGreaterThan(0);
    reader = await openQueue();
    await expectEveryTextOnce();
  });
});

test(`${TEXTS} texts survive a kill -9 of the service and of its PostgreSQL in between`, async () => {
  house = await openHouse(false);
  const id = await startBurst(house.service.simulator.url, BURST);
  const { done } = await reachedBy(house.service.simulator.url, id, KILL_AT);
  await Promise.all([house.service.kill(), killEmbeddedPostgres(house.service.dataDir)]);
  expect(done).toBe(false);

  await house.service.startAgain();
  const burst = await reachedBy(house.service.simulator.url, id);
  expect(burst).toMatchObject({ sent: TEXTS, accepted: TEXTS, rejected: 0 });
  reader = await openQueue();
  await expectEveryTextOnce();
});

async function openHouse(withRedis: boolean): Promise<House> {
  const redis = withRedis ? await startTestRedis() : null;
  const service = await startBuiltService(redis === null ? {} : { REDIS_URL: redis.url });
  await connectTelephony(service);
  await buildEntryPoint(service);
  expectStatus(await service.api.put(`consumers/${CONSUMER}`, {}), 200);
  return { service, redis };
}

async function openQueue(): Promise<EventReader> {
  const { service, redis } = house;
  const on = redis === null ? { databaseUrl: await service.databaseUrl() } : { redisUrl: redis.url };
  return readQueue(on, CONSUMER, undefined, { concurrency: 50 });
}

async function expectEveryTextOnce(): Promise<void> {
  const { service } = house;
  const databaseUrl = await service.databaseUrl();
  const queued = reader!.received;
  await eventually('every event in the queue', () => queued.length >= TEXTS + CUSTOMERS, 60_000);

  expect(await ask(databaseUrl, ROWS)).toEqual({
    journal: TEXTS,
    accepted: TEXTS,
    contacts: CUSTOMERS,
    messages: TEXTS,
    events: TEXTS + CUSTOMERS,
  });

  const threads = await readThreads(service.api);
  expect(new Set(threads.map(({ contact }) => contact.ani)).size).toBe(CUSTOMERS);
  expect(threads).toHaveLength(CUSTOMERS);
  for (const thread of threads) {
    expect(thread.bodies).toEqual(textsOf(thread, TEXTS / CUSTOMERS));
    expect(thread.contact.messageCount).toBe(TEXTS / CUSTOMERS);
  }

  const log = await readEvents(service.api);
  expect(countByType(log)).toEqual({ 'contact.created': CUSTOMERS, 'contact.message': TEXTS });
  expect(queued.map(({ id }) => id).toSorted()).toEqual(log.map(({ id }) => id).toSorted());
  expect(new Set(queued.map(({ id }) => id)).size).toBe(TEXTS + CUSTOMERS);
}

const ROWS = `SELECT
  (SELECT count(*)::int FROM inbound_sms) AS journal,
  (SELECT count(*)::int FROM inbound_sms WHERE verdict = 'accepted') AS accepted,
  (SELECT count(*)::int FROM contacts) AS contacts,
  (SELECT count(*)::int FROM messages) AS messages,
  (SELECT count(*)::int FROM contact_events) AS events`;
