import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { UnrecoverableError } from 'bullmq';
import type { ConsumerDto, ConsumerListDto, DeliveryDto } from '../../src/contact-events/consumer.dto.js';
import type { ContactEventDto, ContactEventPageDto } from '../../src/contact-events/contact-event.dto.js';
import { SweeperService } from '../../src/queue/sweeper.service.js';
import { buildAccount } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { insertJobs } from '../support/consumer-jobs.ts';
import { type EventReader, readQueue } from '../stack/event-reader.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let phones = 0;

describe('Consumers', () => {
  let app: TestApp;
  const workers: EventReader[] = [];

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    await buildEntryPoint(app);
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop();
  });
  afterAll(() => app.stop());

  const register = async (name: string): Promise<ConsumerDto> =>
    expectStatus(await app.api.put<ConsumerDto>(`consumers/${name}`, {}), 200);
  const startWorker = async (...given: [name: string, work?: (event: ContactEventDto) => void]) => {
    const worker = await readQueue(app, ...given);
    workers.push(worker);
    return worker;
  };
  /** One contact makes two events: `contact.created` and `contact.message`. */
  const makeEvents = async (contacts = 1): Promise<void> => {
    for (let n = 0; n < contacts; n++) await textAndWait(app, { from: `+1500555${3000 + ++phones}`, body: 'Sesame' });
  };
  const untilPublished = (name: string, count: number): Promise<ConsumerDto> =>
    eventually(`${count} events published to ${name}`, async () => {
      const { body } = await app.api.get<ConsumerDto>(`consumers/${name}`);
      return body.publishedCount === count && body;
    });
  const readLog = async (): Promise<ContactEventDto[]> =>
    (await readPages<ContactEventDto>(app.api, 'events?limit=100', 'after')).flat();

  test('a new one has a queue of its own with nothing in it; registering again changes nothing', async () => {
    const consumer = await register('billing');
    expect(consumer).toEqual({
      name: 'billing',
      transport: 'queue',
      queueName: 'contact-events-billing',
      backend: 'postgres',
      prefix: 'bull',
      counts: { waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0 },
      publishedCount: 0,
      lastPublishedAt: null,
      lastError: null,
      createdAt: expect.any(String),
    });
    expect(expectStatus(await app.api.put('consumers/billing', { transport: 'queue' }), 200)).toEqual(consumer);
    expect((await app.api.get('consumers/billing')).body).toEqual(consumer);
  });

  test('are listed by name', async () => {
    for (const name of ['zeta', 'alpha']) await register(name);
    const { body } = await app.api.get<ConsumerListDto>('consumers');
    const names = body.data.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(names).toEqual(expect.arrayContaining(['alpha', 'zeta']));
  });

  test.each(['Billing', '1st', '-a', 'a_b', 'a:b', 'a.b', 'é', 'a'.repeat(41), 'a%00'])(
    'the name %s is refused',
    async (name) => {
      const answer = await app.api.put(`consumers/${name}`, {});
      expect(problemOf(answer)).toMatchObject({ status: 422, errorCode: 'consumer_name_invalid' });
      expect(fieldsOf(answer)).toEqual(['name']);
      expect(problemOf(await app.api.get(`consumers/${name}`)).status).toBe(404);
      expect(problemOf(await app.api.delete(`consumers/${name}`)).status).toBe(404);
    },
  );

  test.each([
    ['a transport that does not exist', { transport: 'smoke' }, 'transport'],
    ['an unknown field', { url: 'https://example.com' }, 'url'],
  ])('%s is refused by name', async (_, body, field) => {
    const answer = await app.api.put('consumers/wrong', body);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
    expect((await app.api.get('consumers/wrong')).status).toBe(404);
  });

  test('a name is one of the whole service: another account gets 409 for it', async () => {
    await register('shared');
    const { api } = await buildAccount(app);
    expect(problemOf(await api.put('consumers/shared', {}))).toMatchObject({
      status: 409,
      errorCode: 'consumer_name_taken',
    });
    expect((await api.get<ConsumerListDto>('consumers')).body.data).toEqual([]);
  });

  test('a Worker reads the events in order: CloudEvents without a word or a number of the customer', async () => {
    await register('ordered');
    const from = (await readLog()).at(-1)?.sequence;
    await makeEvents(5);
    const { received } = await startWorker('ordered');
    await eventually('ten events', () => received.length === 10);
    const log = await app.api.get<ContactEventPageDto>(`events?limit=100${from === undefined ? '' : `&after=${from}`}`);
    expect(received).toEqual(log.body.data);
    expect(received.map(({ type }) => type).slice(0, 2)).toEqual(['contact.created', 'contact.message']);
    expect(JSON.stringify(received)).not.toMatch(/Sesame|\+1500|15005550006/);
    expect(await untilPublished('ordered', 10)).toMatchObject({ lastError: null, lastPublishedAt: expect.any(String) });
  });

  test('one registered later gets only what comes later', async () => {
    await makeEvents();
    await register('late');
    await makeEvents();
    const { received } = await startWorker('late');
    await eventually('two events', () => received.length === 2);
    expect(received).toEqual((await readLog()).slice(-2));
    expect((await untilPublished('late', 2)).publishedCount).toBe(2);
  });

  test('two consumers each get every event, and one that fails holds back no other', async () => {
    for (const name of ['sound', 'sick']) await register(name);
    const sound = await startWorker('sound');
    await startWorker('sick', () => {
      throw new UnrecoverableError('out of order');
    });
    await makeEvents(2);
    await eventually('four events', () => sound.received.length === 4);
    const failed = await eventually('four failed deliveries', async () => {
      const { body } = await app.api.get<{ data: DeliveryDto[] }>('consumers/sick/deliveries');
      return body.data.length === 4 && body.data;
    });
    expect(failed[0]).toEqual({
      jobId: `ev-${failed[0]!.event.id}-g1`,
      state: 'failed',
      attempts: 1,
      failedReason: 'out of order',
      queuedAt: expect.any(String),
      finishedAt: expect.any(String),
      event: sound.received.find(({ id }) => id === failed[0]!.event.id),
    });
  });

  test('a replay gives the same events again, with the same ids: all of the log, or those after a place', async () => {
    await register('again');
    await makeEvents(2);
    const { received } = await startWorker('again');
    await eventually('four events', () => received.length === 4);
    const first = received.splice(0);

    expectStatus(await app.api.post('consumers/again/replay', { after: first[1]!.sequence }), 202);
    await eventually('two events', () => received.length === 2);
    expect(received.splice(0)).toEqual(first.slice(2));

    const log = await readLog();
    expectStatus(await app.api.post('consumers/again/replay', {}), 202);
    await eventually('the whole log', () => received.length === log.length);
    expect(received).toEqual(log);
  });

  test('a replay from what is no place is refused by name', async () => {
    await register('refusing');
    const answer = await app.api.post('consumers/refusing/replay', { after: 'yesterday' });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual(['after']);
  });

  test('deliveries are listed by state, newest first, in pages, each once', async () => {
    await register('listed');
    await makeEvents(4);
    const { counts } = await untilPublished('listed', 8);
    expect(counts).toMatchObject({ waiting: 8, completed: 0 });
    const newestFirst = (await readLog()).slice(-8).toReversed();
    const waiting = await readPages<DeliveryDto>(app.api, 'consumers/listed/deliveries?state=waiting&limit=3');
    expect(waiting.map((page) => page.length)).toEqual([3, 3, 2]);
    expect(waiting.flat().map(({ event }) => event)).toEqual(newestFirst);
    expect(waiting.flat()[0]).toMatchObject({ state: 'waiting', attempts: 0, failedReason: null, finishedAt: null });

    await startWorker('listed');
    const done = await eventually('eight completed', async () => {
      const { body } = await app.api.get<{ data: DeliveryDto[] }>('consumers/listed/deliveries?state=completed');
      return body.data.length === 8 && body.data;
    });
    expect(done.map(({ event }) => event.id)).toEqual(newestFirst.map(({ id }) => id));
  });

  test.each([
    ['state', 'state=lost'],
    ['limit', 'limit=0'],
    ['cursor', 'cursor=abc'],
  ])('a list of deliveries refuses a wrong %s by name', async (field, query) => {
    await register('strict');
    const answer = await app.api.get(`consumers/strict/deliveries?${query}`);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
  });

  test('deleted it is gone with its queue; registered again it begins with nothing', async () => {
    await register('gone');
    await makeEvents();
    await untilPublished('gone', 2);
    expectStatus(await app.api.delete('consumers/gone'), 204);
    for (const path of ['consumers/gone', 'consumers/gone/deliveries']) {
      expect(problemOf(await app.api.get(path)).status).toBe(404);
    }
    expect(problemOf(await app.api.delete('consumers/gone')).status).toBe(404);
    const { counts, publishedCount } = await register('gone');
    expect({ waiting: counts['waiting'], publishedCount }).toEqual({ waiting: 0, publishedCount: 0 });
  });

  test('a queue loses to the sweep what is old: done after 10 minutes, failed after 7 days, what waits never', async () => {
    const { queueName } = await register('archive');
    for (const [state, count, ageMs] of [
      ['completed', 4_500, 11 * MINUTE],
      ['completed', 3, 9 * MINUTE],
      ['failed', 2, 8 * DAY],
      ['failed', 4, 6 * DAY],
      ['waiting', 5, 8 * DAY],
    ] as const) {
      await insertJobs(app, queueName, { state, count, ageMs });
    }
    await app.app.get(SweeperService).sweep();
    const left = await app.dataSource.query(
      `SELECT regexp_replace(id, '-[^-]*$', '') AS kind, count(*)::int AS count FROM bullmq.job WHERE queue = $1
       GROUP BY 1 ORDER BY 1`,
      [queueName],
    );
    expect(left).toEqual([
      { kind: `completed-${9 * MINUTE}`, count: 3 },
      { kind: `failed-${6 * DAY}`, count: 4 },
      { kind: `waiting-${8 * DAY}`, count: 5 },
    ]);
  });
});
