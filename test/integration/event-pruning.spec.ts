import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { ConsumerDto } from '../../src/contact-events/consumer.dto.js';
import type { ContactEventDto, ContactEventPageDto } from '../../src/contact-events/contact-event.dto.js';
import { appendContactEvents } from '../../src/contact-events/contact-events.queries.js';
import { EventLogPruningSweep } from '../../src/contact-events/event-log-pruning.sweep.js';
import { EventPublisherService } from '../../src/contact-events/event-publisher.service.js';
import { toSequence } from '../../src/contact-events/sequence.js';
import { SweeperService } from '../../src/queue/sweeper.service.js';
import { buildAccount } from '../support/accounts.ts';
import type { Api } from '../support/api.ts';
import { startTestApp, startTestProcess, type TestApp, type TestProcess } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { problemOf } from '../support/problems.ts';

interface Account {
  id: string;
  api: Api;
}

describe('Pruning the log of contact events', () => {
  let app: TestApp;
  let contactId: string;
  let consumers = 0;

  beforeAll(async () => {
    // Without a scheduler: each test says when to prune, and nobody else publishes.
    app = await startTestApp({ ROLES: 'api,worker', EVENT_RETENTION_DAYS: '7' });
    await connectTelephony(app);
    await buildEntryPoint(app);
    contactId = (await textAndWait(app, { from: '+15005550601' })).id;
  });
  afterAll(() => app.stop());

  const sweep = (process: TestProcess = app): Promise<void> => process.app.get(EventLogPruningSweep).sweep();

  /** Appends events in one transaction; whose contact they are about does not matter here. */
  const append = ({ id }: Account, count: number): Promise<void> =>
    appendContactEvents(
      app.dataSource.manager,
      Array.from({ length: count }, (_, n) => ({
        accountId: id,
        type: 'contact.message' as const,
        contactId,
        version: n + 1,
      })),
    );
  /** The sequences of what is in the log, in its order. */
  const logOf = async ({ id }: Account): Promise<string[]> => {
    const rows = await app.dataSource.query(
      `SELECT transaction_id AS "transactionId", position FROM contact_events WHERE account_id = $1
       ORDER BY transaction_id, position`,
      [id],
    );
    return rows.map(toSequence);
  };
  const horizonOf = async ({ id }: Account): Promise<string | null> => {
    const [horizon] = await app.dataSource.query(
      'SELECT transaction_id AS "transactionId", position FROM event_log_horizons WHERE account_id = $1',
      [id],
    );
    return horizon ? toSequence(horizon) : null;
  };
  /** Makes events of the log old, by their places in it from `start` on. */
  const age = ({ id }: Account, start: number, end: number, days = 8): Promise<unknown> =>
    app.dataSource.query(
      `UPDATE contact_events SET at = now() - make_interval(days => $4) WHERE id IN (
         SELECT id FROM contact_events WHERE account_id = $1 ORDER BY transaction_id, position
         OFFSET $2 LIMIT $3)`,
      [id, start, end - start, days],
    );
  /** An account with a log of `old` events past their retention and then `young` ones. */
  const buildLog = async ({ old, young }: { old: number; young: number }) => {
    const account: Account = await buildAccount(app);
    await append(account, old);
    await append(account, young);
    await age(account, 0, old);
    return { ...account, log: await logOf(account) };
  };
  /** Waits, since a writing transaction anywhere on the server holds pruning back. */
  const pruneDownTo = (account: Account, left: string[]): Promise<true> =>
    eventually(`${left.length} events left`, async () => {
      await sweep();
      return (await logOf(account)).length <= left.length && true;
    });
  /** A consumer that has had the events up to a place. */
  const buildConsumer = async ({ api }: Account, had: string): Promise<string> => {
    const name = `consumer-${++consumers}`;
    expectStatus(await api.put(`consumers/${name}`, {}), 200);
    const [transactionId, position] = had.split('.').map((part) => BigInt(`0x${part}`).toString());
    await app.dataSource.query(
      'UPDATE consumers SET cursor_transaction_id = $2::xid8, cursor_position = $3 WHERE name = $1',
      [name, transactionId, position],
    );
    return name;
  };
  const read = async ({ api }: Account, query = ''): Promise<string[]> => {
    const { data } = expectStatus(await api.get<ContactEventPageDto>(`events?limit=100${query}`), 200);
    return data.map(({ sequence }) => sequence);
  };

  test('deletes what is past its retention, keeps what is not, and remembers up to where', async () => {
    const { log, ...account } = await buildLog({ old: 5, young: 3 });
    await age(account, 5, 6, 6);
    const other = await buildLog({ old: 0, young: 2 });
    await pruneDownTo(account, log.slice(5));
    await sweep();
    expect(await logOf(account)).toEqual(log.slice(5));
    expect(await horizonOf(account)).toBe(log[4]);
    expect(await logOf(other)).toEqual(other.log);
    expect(await horizonOf(other)).toBeNull();
    await eventually('the young ones', async () => (await read(account)).length === 3);
    expect(await read(account)).toEqual(log.slice(5));
  });

  test('ends before the first event that is young, whatever lies after it', async () => {
    const { log, ...account } = await buildLog({ old: 2, young: 4 });
    await age(account, 3, 5);
    await pruneDownTo(account, log.slice(2));
    await sweep();
    expect(await logOf(account)).toEqual(log.slice(2));
    await age(account, 0, 4);
    await pruneDownTo(account, []);
    expect(await horizonOf(account)).toBe(log[5]);
  });

  test('goes on in batches until all is done', async () => {
    const { log, ...account } = await buildLog({ old: 4_500, young: 10 });
    await pruneDownTo(account, log.slice(4_500));
    expect(await logOf(account)).toEqual(log.slice(4_500));
    expect(await horizonOf(account)).toBe(log[4_499]);
  });

  test('keeps what a consumer that lags has not had yet, until it has', async () => {
    const { log, ...account } = await buildLog({ old: 6, young: 1 });
    await buildConsumer(account, log[6]!);
    const lagging = await buildConsumer(account, log[2]!);
    await pruneDownTo(account, log.slice(3));
    await sweep();
    expect(await logOf(account)).toEqual(log.slice(3));
    expect(await horizonOf(account)).toBe(log[2]);

    app.app.get(EventPublisherService).notify([account.id]);
    await eventually('the rest of the events in its queue', async () => {
      const { body } = await account.api.get<ConsumerDto>(`consumers/${lagging}`);
      return body.publishedCount === 4;
    });
    await pruneDownTo(account, log.slice(6));
    expect(await logOf(account)).toEqual(log.slice(6));
  });

  test('keeps what an older transaction still in flight may yet get something before', async () => {
    const { log: before, ...account } = await buildLog({ old: 2, young: 0 });
    const older = new pg.Client(app.databaseUrl);
    await older.connect();
    try {
      await older.query('BEGIN');
      await older.query(
        `INSERT INTO contact_events (id, account_id, type, contact_id, version, at)
         VALUES (gen_random_uuid(), $1, 'contact.message', $2, 9, now() - interval '8 days')`,
        [account.id, contactId],
      );
      await append(account, 3);
      await age(account, 2, 5);
      const after = (await logOf(account)).slice(2);
      await pruneDownTo(account, after);
      await sweep();
      expect(await logOf(account)).toEqual(after);
      expect(await horizonOf(account)).toBe(before[1]);

      await older.query('COMMIT');
      expect(await logOf(account)).toHaveLength(4);
      await pruneDownTo(account, []);
      expect(await horizonOf(account)).toBe(after.at(-1));
    } finally {
      await older.end();
    }
  });

  test('is done by two schedulers at once as by one', async () => {
    const second = await startTestProcess(app, { ROLES: 'api', EVENT_RETENTION_DAYS: '7' });
    try {
      const accounts = await Promise.all([1, 2, 3].map(() => buildLog({ old: 2_500, young: 5 })));
      await eventually('young events only', async () => {
        await Promise.all([sweep(app), sweep(second), sweep(app), sweep(second)]);
        const logs = await Promise.all(accounts.map(logOf));
        return logs.every(({ length }) => length <= 5);
      });
      for (const { log, ...account } of accounts) {
        expect(await logOf(account)).toEqual(log.slice(2_500));
        expect(await horizonOf(account)).toBe(log[2_499]);
      }
    } finally {
      await second.stop();
    }
  });

  test('is one of the sweeps, but with a retention of 0 days', async () => {
    const { log, ...account } = await buildLog({ old: 2, young: 1 });
    const keeping = await startTestProcess(app, { ROLES: 'api', EVENT_RETENTION_DAYS: '0' });
    const sweepAll = (process: TestProcess) => process.app.get(SweeperService).sweep();
    try {
      await sweepAll(keeping);
      expect(await logOf(account)).toEqual(log);
      await eventually('only the young one', async () => {
        await sweepAll(app);
        return (await logOf(account)).length === 1;
      });
    } finally {
      await keeping.stop();
    }
  });

  describe('tells whoever asks for what is gone', () => {
    let account: Account;
    let log: string[];

    beforeAll(async () => {
      ({ log, ...account } = await buildLog({ old: 4, young: 3 }));
      await pruneDownTo(account, log.slice(4));
      await eventually('the young ones', async () => (await read(account)).length === 3);
    });

    test('GET events: 410 with where to go on, which works', async () => {
      const answer = await account.api.get(`events?after=${log[1]}`);
      const problem = problemOf(answer);
      expect(problem).toMatchObject({ status: 410, errorCode: 'events_pruned', resumeAfter: log[3] });
      expect(problem.detail).toContain(`after=${log[3]}`);
      expect(await read(account, `&after=${log[3]}`)).toEqual(log.slice(4));
      expect(await read(account, `&after=${log[5]}`)).toEqual(log.slice(6));
    });

    test('replay: 410, and the cursor stays; without a place it begins with the oldest there is', async () => {
      const name = await buildConsumer(account, log[6]!);
      const cursor = async () =>
        (
          await app.dataSource.query(
            'SELECT cursor_transaction_id, cursor_position, generation FROM consumers WHERE name = $1',
            [name],
          )
        )[0];
      const before = await cursor();
      const problem = problemOf(await account.api.post(`consumers/${name}/replay`, { after: log[2] }));
      expect(problem).toMatchObject({ status: 410, errorCode: 'events_pruned', resumeAfter: log[3] });
      expect(await cursor()).toEqual(before);

      for (const [body, published] of [
        [{ after: log[3] }, 3],
        [{}, 6],
      ] as const) {
        expectStatus(await account.api.post(`consumers/${name}/replay`, body), 202);
        await eventually(`${published} events`, async () => {
          const { body: consumer } = await account.api.get<ConsumerDto>(`consumers/${name}`);
          return consumer.publishedCount === published;
        });
      }
    });

    test.each([
      ['Last-Event-ID', (place: string) => [{ 'Last-Event-ID': place }]],
      ['after', (place: string) => [{}, `?after=${place}`]],
    ] as const)('the stream: %s before the horizon gives one events.pruned, then what there is', async (_, given) => {
      const stream = await openEventStream(account.api, ...(given(log[0]!) as [Record<string, string>, string?]));
      const events = await eventually('four', () => stream.events.length >= 4 && stream.events);
      expect(events.map(({ id, event }) => [id, event])).toEqual([
        [log[3], 'events.pruned'],
        ...log.slice(4).map((sequence) => [sequence, 'contact.message']),
      ]);
      expect(events[0]!.data).toEqual({ resumeAfter: log[3] });
      stream.close();

      const again = await openEventStream(account.api, { 'Last-Event-ID': events[0]!.id });
      await eventually('three', () => again.events.length >= 3);
      expect(again.events.map(({ id }) => id)).toEqual(log.slice(4));
      again.close();
    });

    test('and nobody of another account', async () => {
      const other = await buildLog({ old: 0, young: 1 });
      expect((await other.api.get(`events?after=${log[1]}`)).status).toBe(200);
    });
  });

  test('a reader who pages meanwhile gets every young event once, and is told of what it missed', async () => {
    const account: Account = await buildAccount(app);
    for (let n = 0; n < 30; n++) await append(account, 10);
    const log = await logOf(account);
    await eventually('all readable', async () => (await read(account, `&after=${log[298]}`)).length === 1);

    const seen: string[] = [];
    let wasTold = false;
    const readOn = async (after: string): Promise<string> => {
      const answer = await account.api.get<ContactEventPageDto>(`events?limit=7${after && `&after=${after}`}`);
      if (answer.status === 410) {
        wasTold = true;
        return problemOf(answer).resumeAfter as string;
      }
      const { data } = expectStatus(answer, 200);
      seen.push(...data.map(({ sequence }: ContactEventDto) => sequence));
      return data.at(-1)?.sequence ?? after;
    };
    let after = '';
    for (let page = 0; page < 5; page++) after = await readOn(after);
    await age(account, 0, 150);
    const pruning = pruneDownTo(account, log.slice(150));
    while (after !== log.at(-1)) after = await readOn(after);
    await pruning;

    const gone = new Set(log.slice(0, 150));
    expect(seen.filter((sequence) => !gone.has(sequence))).toEqual(log.slice(150));
    expect(wasTold || seen.length === log.length).toBe(true);
  });

  test('a replay meanwhile gets everything after its place, or is told', async () => {
    for (let round = 0; round < 8; round++) {
      const { log, ...account } = await buildLog({ old: 20, young: 0 });
      const name = await buildConsumer(account, log[19]!);
      const [{ status }] = await Promise.all([
        account.api.post(`consumers/${name}/replay`, { after: log[9] }),
        sweep(),
        sweep(),
      ]);
      expect([202, 410]).toContain(status);
      await eventually('what was promised', async () => {
        const { body } = await account.api.get<ConsumerDto>(`consumers/${name}`);
        return body.publishedCount === (status === 202 ? 10 : 0);
      });
    }
  });
});
