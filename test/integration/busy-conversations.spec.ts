import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import { lockConversations } from '../../src/inbound-sms/inbound-sms-processing.queries.js';
import { InboundSmsProcessingService } from '../../src/inbound-sms/inbound-sms-processing.service.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { storeSilently } from '../support/journal.ts';
import { untilSomebodyWaits } from '../support/locks.ts';
import { threadsOf } from '../support/threads.ts';

const BUSY = '+15005550301';
const FREE = '+15005550302';

let app: TestApp;
let pool: Pool;

beforeAll(async () => {
  app = await startTestApp();
  pool = new Pool({ connectionString: app.databaseUrl, max: 1 });
  await connectTelephony(app);
  await buildEntryPoint(app);
});
afterAll(async () => {
  await pool.end();
  await app.stop();
});

const bodiesOf = async (customer: string): Promise<string[]> =>
  (await threadsOf(app, customer)).flatMap(({ bodies }) => bodies);

test('A job works on what is free, and then waits for the conversation that somebody else is at', async () => {
  const ids = await storeSilently(app, pool, [
    { From: BUSY, Body: 'first' },
    { From: FREE, Body: 'hello' },
    { From: BUSY, Body: 'second' },
  ]);
  const [{ key }] = await app.dataSource.query(
    'SELECT conversation_key AS key FROM inbound_sms WHERE from_number = $1',
    [BUSY],
  );
  let work: Promise<void> = Promise.resolve();
  await app.dataSource.transaction(async (somebodyElse) => {
    await lockConversations(somebodyElse, [key]);
    work = app.app.get(InboundSmsProcessingService).process(ids);
    await eventually('the free one', async () => (await bodiesOf(FREE)).length === 1);
    await untilSomebodyWaits(app);
    expect(await bodiesOf(BUSY)).toEqual([]);
  });
  await work;
  expect(await bodiesOf(BUSY)).toEqual(['first', 'second']);
  expect(await bodiesOf(FREE)).toEqual(['hello']);
});
