import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import pg from 'pg';
import { pipelined } from '../../src/database/pipelined.js';
import { PipeliningClient } from '../../src/database/pipelining-client.js';
import { QueuePool } from '../../src/queue/queue-pool.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query('CREATE TABLE notes (n int PRIMARY KEY, position bigint GENERATED ALWAYS AS IDENTITY)');
  await client.end();
});
afterAll(() => database.drop());

describe('A client that is asked several things before an answer is awaited', () => {
  let relay: Server;
  let client: PipeliningClient;
  /** What came from the client, a number of bytes for each time that something came. */
  const writes: number[] = [];

  beforeAll(async () => {
    const target = new URL(database.url);
    relay = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      near.on('data', (bytes) => {
        writes.push(bytes.length);
        far.write(bytes);
      });
      far.pipe(near);
      near.once('close', () => far.destroy());
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const { port } = relay.address() as AddressInfo;
    client = new PipeliningClient({ connectionString: Object.assign(new URL(database.url), { port }).href });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    relay.close();
  });

  const ask = (n: number) => client.query<{ n: number }>('SELECT $1::int AS n', [n]);

  test('says it in one write, and gets the answers in its order', async () => {
    await ask(0);
    writes.length = 0;
    const answers = await Promise.all([1, 2, 3, 4, 5].map(ask));
    expect(answers.map(({ rows }) => rows[0]!.n)).toEqual([1, 2, 3, 4, 5]);
    expect(writes).toHaveLength(1);
  });

  test('hears what went wrong first, and all that comes after it in the transaction fails', async () => {
    await client.query('BEGIN');
    const outcomes = await Promise.allSettled([ask(1), client.query('SELECT 1 / 0'), ask(3)]);
    await client.query('ROLLBACK');
    expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'ok'))).toEqual([
      'ok',
      '22012', // division by zero
      '25P02', // the transaction is aborted
    ]);
    expect((await ask(4)).rows).toEqual([{ n: 4 }]);
  });

  test.each([
    [
      'first',
      () => [
        client
          .query('SELECT 1 / 0')
          .then(() => ask(1))
          .then(() => ask(2)),
        ask(3),
      ],
    ],
    ['last', () => [ask(1).then(() => ask(2)), client.query('SELECT 1 / 0')]],
  ])('tells the reason and not what came of it, when the %s one fails', async (_, askAll) => {
    await client.query('BEGIN');
    await expect(pipelined(askAll())).rejects.toMatchObject({ code: '22012' });
    // Nothing of it is under way any more.
    await client.query('ROLLBACK');
    expect(await pipelined([ask(4).then(({ rows }) => rows[0]!.n), 5])).toEqual([4, 5]);
  });
});

describe('What is given to the queues together', () => {
  let pool: QueuePool;

  beforeAll(() => {
    pool = new QueuePool({ connectionString: database.url, Client: PipeliningClient, max: 3 });
  });
  afterEach(() => pool.query('TRUNCATE notes'));
  afterAll(() => pool.end());

  const note = (n: number): Promise<unknown> => pool.query('INSERT INTO notes (n) VALUES ($1)', [n]);
  const readNotes = async (): Promise<number[]> => {
    const { rows } = await pool.query<{ n: number }>('SELECT n FROM notes ORDER BY position');
    return rows.map(({ n }) => n);
  };

  test('is there all at once, in the order given', async () => {
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    let isNoted = (): void => undefined;
    const noted = new Promise<void>((resolve) => (isNoted = resolve));
    let goOn = (): void => undefined;
    const looked = new Promise<void>((resolve) => (goOn = resolve));
    const given = pool.together(async () => {
      await Promise.all(numbers.map(note));
      isNoted();
      await looked;
    });
    await noted;
    expect(await readNotes()).toEqual([]);
    goOn();
    await given;
    expect(await readNotes()).toEqual(numbers);
  });

  test('is not there at all when one of it fails, and the next goes well', async () => {
    await expect(pool.together(() => Promise.all([note(1), note(2), note(1), note(3)]))).rejects.toThrow(
      /duplicate key/,
    );
    expect(await readNotes()).toEqual([]);
    await pool.together(() => note(4));
    expect(await readNotes()).toEqual([4]);
  });

  test('does not take in what is asked after it', async () => {
    let later: () => Promise<unknown> = () => Promise.resolve();
    await pool.together(async () => {
      await note(1);
      const go = new Promise<void>((resolve) => (later = async () => resolve()));
      // In the same asynchronous context, as a timer of BullMQ would be.
      const belated = go.then(() => note(2));
      later = ((release) => async () => {
        await release();
        await belated;
      })(later);
    });
    await later();
    expect(await readNotes()).toEqual([1, 2]);
  });
});
