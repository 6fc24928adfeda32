import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { InboundSmsDto } from '../../src/inbound-sms/inbound-sms.dto.js';
import { lockMoreConversations } from '../../src/inbound-sms/inbound-sms-processing.queries.js';
import { InboundSmsProcessingService } from '../../src/inbound-sms/inbound-sms-processing.service.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { storeSilently } from '../support/journal.ts';
import { Poison } from '../support/poison.ts';
import { buildForm, postSigned } from '../support/signed-forms.ts';
import { threadsOf, untilProcessed } from '../support/threads.ts';

describe('An SMS that cannot be processed', () => {
  let app: TestApp;
  let entryPoint: EntryPointDto;
  let pool: Pool;
  let poison: Poison;
  let customers = 0;
  let customer: string;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    pool = new Pool({ connectionString: app.databaseUrl, max: 1 });
    poison = await Poison.install(app.dataSource);
  });
  afterAll(async () => {
    await pool.end();
    await app.stop();
  });
  beforeEach(() => {
    customer = newCustomer();
  });
  afterEach(() => poison.clear());

  const newCustomer = (): string => `+1500555${3000 + ++customers}`;
  const text = (body: string, from = customer): Promise<unknown> =>
    postSigned(app, entryPoint.webhookUrl, buildForm({ From: from, Body: body }));

  async function journalOf(from: string): Promise<InboundSmsDto[]> {
    const { data } = expectStatus(await app.api.get<{ data: InboundSmsDto[] }>('inbound-sms?limit=100'), 200);
    return data.filter((sms) => sms.from === from).toReversed();
  }

  test.each([
    ['once', 1],
    ['by ten jobs at the same time', 10],
  ])('for good, tried %s, is a dead letter at once and holds back nobody', async (_, times) => {
    await poison.add('refused', '22023');
    const others = Array.from({ length: 20 }, newCustomer);
    const forms = [
      { From: customer, Body: 'before' },
      ...others.slice(0, 10).map((From) => ({ From, Body: 'of another' })),
      { From: customer, Body: 'refused' },
      ...others.slice(10).map((From) => ({ From, Body: 'of another' })),
      { From: customer, Body: 'after' },
      { From: customer, Body: 'long after' },
    ];
    const ids = await storeSilently(app, pool, forms);
    const service = app.app.get(InboundSmsProcessingService);
    await Promise.all(Array.from({ length: times }, () => service.process(ids)));

    expect((await threadsOf(app, customer)).map(({ bodies }) => bodies)).toEqual([['before', 'after', 'long after']]);
    expect((await threadsOf(app, ...others)).map(({ bodies }) => bodies)).toEqual(others.map(() => ['of another']));
    expect(
      (await journalOf(customer)).map(({ body, verdict, attempts, lastError }) => [body, verdict, attempts, lastError]),
    ).toEqual([
      ['before', 'accepted', 0, null],
      ['refused', 'dead_letter', 1, 'poison: 22023'],
      ['after', 'accepted', 0, null],
      ['long after', 'accepted', 0, null],
    ]);
  });

  test('twice, and then can, is delivered in its place', async () => {
    await poison.add('hesitant', 'P0001', 2);
    for (const body of ['before', 'hesitant', 'after', 'long after']) await text(body);
    await untilProcessed(app, 4, customer);
    const [thread, ...more] = await threadsOf(app, customer);
    expect(more).toEqual([]);
    expect(thread!.bodies).toEqual(['before', 'hesitant', 'after', 'long after']);
    expect((await journalOf(customer)).map(({ verdict, attempts }) => [verdict, attempts])).toEqual([
      ['accepted', 0],
      ['accepted', 2],
      ['accepted', 0],
      ['accepted', 0],
    ]);
  });

  test.each([
    ['failed before', 'attempts = 1'],
    ['was being tried when its process ended', 'unfinished_tries = 1'],
    ['was given to the queue again', 'job_generation = 2'],
    ['is due to be', 'job_due_at = now()'],
  ])('that %s is taken along by no other job, nor is what waits behind it', async (_, state) => {
    const [stranger, other] = [newCustomer(), newCustomer()];
    const [first] = await storeSilently(app, pool, [
      { From: customer, Body: 'perhaps poisonous' },
      { From: customer, Body: 'behind it' },
      { From: stranger, Body: 'just came' },
      { From: other, Body: 'of the job itself' },
    ]);
    await app.dataSource.query(`UPDATE inbound_sms SET ${state} WHERE id = $1`, [first]);
    const keyOf = async (from: string): Promise<string> => {
      const [row] = await app.dataSource.query(
        'SELECT conversation_key AS key FROM inbound_sms WHERE from_number = $1',
        [from],
      );
      return row.key;
    };
    const own = await keyOf(other);
    const taken = await app.dataSource.transaction((manager) => lockMoreConversations(manager, [own], 500));
    expect(taken).toContain(await keyOf(stranger));
    expect(taken).not.toContain(await keyOf(customer));
    expect(taken).not.toContain(own);
  });
});
