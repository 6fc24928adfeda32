import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import type { ContactPageDto } from '../../src/contacts/contact.dto.js';
import type { MessagePageDto } from '../../src/contacts/message.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { lockConversations } from '../../src/inbound-sms/inbound-sms-processing.queries.js';
import { InboundSmsProcessingService } from '../../src/inbound-sms/inbound-sms-processing.service.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { storeSilently } from '../support/journal.ts';
import { untilSomebodyWaits } from '../support/locks.ts';
import { sendSms } from '../support/phone.ts';
import { buildForm, postSigned } from '../support/signed-forms.ts';
import { threadsOf, type Thread, untilProcessed } from '../support/threads.ts';

describe('Inbound SMS', () => {
  let app: TestApp;
  let entryPoint: EntryPointDto;
  let pool: Pool;
  let customers = 0;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    pool = new Pool({ connectionString: app.databaseUrl, max: 2 });
  });
  afterAll(async () => {
    await pool.end();
    await app.stop();
  });

  const newCustomer = (): string => `+1500555${2000 + ++customers}`;
  const text = (from: string, body: string): Promise<unknown> =>
    postSigned(app, entryPoint.webhookUrl, buildForm({ From: from, Body: body }));
  const bodiesOf = async (customer: string): Promise<string[]> =>
    (await threadsOf(app, customer)).flatMap(({ bodies }) => bodies);
  const process = (ids: string[]): Promise<void> => app.app.get(InboundSmsProcessingService).process(ids);

  test('an SMS becomes a waiting contact with one message and two events', async () => {
    const { messageSid } = await sendSms(app, { from: '+15005550101', body: 'Hi, my order is late' });

    const contact = await eventually('a contact', async () => {
      const { body } = await app.api.get<ContactPageDto>('contacts?customer=%2B15005550101');
      return body.data[0];
    });
    expect(contact).toMatchObject({
      state: 'waiting',
      campaignId: entryPoint.campaignId,
      channelId: 'sms',
      entryPointId: entryPoint.id,
      mediaPreset: 'sms',
      lang: 'en-US',
      ani: '+15005550101',
      dnis: '+15005550006',
      agentId: null,
      messageCount: 1,
    });
    const thread = expectStatus(await app.api.get<MessagePageDto>(`contacts/${contact.id}/messages`), 200);
    expect(thread.data).toEqual([
      expect.objectContaining({ direction: 'inbound', body: 'Hi, my order is late', twilioMessageSid: messageSid }),
    ]);
    const { body: events } = await app.api.get<{ data: { type: string; subject: string }[] }>('events');
    expect(events.data.map(({ type, subject }) => [type, subject])).toEqual([
      ['contact.created', contact.id],
      ['contact.message', contact.id],
    ]);
  });

  test('two texts of one customer in the same millisecond are one contact, in the order received', async () => {
    const customer = newCustomer();
    await Promise.all([text(customer, 'one'), text(customer, 'two')]);
    await untilProcessed(app, 2, customer);
    const [thread, ...others] = await threadsOf(app, customer);
    expect(others).toEqual([]);
    expect(thread).toMatchObject({ state: 'waiting', messageCount: 2 });
    expect(thread!.messages).toEqual(thread!.journal);
    expect(thread!.bodies.toSorted()).toEqual(['one', 'two']);
  });

  test('texts of one insert are one contact, in the order given', async () => {
    const customer = newCustomer();
    const bodies = Array.from({ length: 20 }, (_, i) => `text ${i}`);
    const ids = await storeSilently(
      app,
      pool,
      bodies.map((Body) => ({ From: customer, Body })),
    );
    await process([ids.at(-1)!]);
    expect(await threadsOf(app, customer)).toEqual([
      expect.objectContaining({ messageCount: 20, messages: ids, journal: ids, bodies }),
    ]);
  });

  test('500 texts of 50 customers, many at once, are 50 threads in the order of the journal', async () => {
    const from = Array.from({ length: 50 }, newCustomer);
    const texts = Array.from({ length: 500 }, (_, i) => ({ customer: from[(i * 37) % 50]!, body: `text ${i}` }));
    while (texts.length > 0) {
      const together = texts.splice(0, 1 + Math.floor(Math.random() * 60));
      await Promise.all(together.map(({ customer, body }) => text(customer, body)));
    }
    await untilProcessed(app, 500, ...from);
    const threads = await threadsOf(app, ...from);
    expect(threads.map(({ ani }) => ani).toSorted()).toEqual(from.toSorted());
    for (const thread of threads) {
      expect(thread).toMatchObject({ messageCount: 10, messages: thread.journal });
      expect(new Set(thread.bodies).size).toBe(10);
    }
  });

  test('a job that runs ten times at once, and once more, does its work once', async () => {
    const from = [newCustomer(), newCustomer(), newCustomer()];
    const ids = await storeSilently(
      app,
      pool,
      Array.from({ length: 30 }, (_, i) => ({ From: from[i % 3]!, Body: `${i}` })),
    );
    await Promise.all(Array.from({ length: 10 }, (_, i) => process(i % 2 ? ids : ids.toReversed())));
    const once = await describeAll(from);
    expect(once.threads).toHaveLength(3);
    for (const thread of once.threads) expect(thread).toMatchObject({ messageCount: 10, messages: thread.journal });
    // contact.created and ten times contact.message, numbered without a gap.
    for (const versions of once.versions) expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await process(ids);
    expect(await describeAll(from)).toEqual(once);
  });

  async function describeAll(from: string[]): Promise<{ threads: Thread[]; versions: number[][] }> {
    const events: { versions: number[] }[] = await app.dataSource.query(
      `SELECT array_agg(event.version ORDER BY event.position) AS versions
       FROM contact_events AS event JOIN contacts AS contact ON contact.id = event.contact_id
       WHERE contact.ani = ANY ($1) GROUP BY contact.id ORDER BY contact.id`,
      [from],
    );
    return { threads: await threadsOf(app, ...from), versions: events.map(({ versions }) => versions) };
  }

  test('a text that comes while its contact is closed is in that contact or in a new one, never lost', async () => {
    const customers = Array.from({ length: 4 }, newCustomer);
    const answers: number[] = [];
    const textAndClose = async (customer: string): Promise<void> => {
      for (let i = 0; i < 50; i++) {
        const open = (await threadsOf(app, customer)).find(({ state }) => state !== 'closed');
        const close = async (): Promise<void> => {
          if (open === undefined) return;
          // The text takes some milliseconds to get into its contact: sometimes this is before, sometimes after.
          await new Promise((resolve) => setTimeout(resolve, i % 20));
          answers.push((await app.api.post(`contacts/${open.id}/close`)).status);
        };
        await Promise.all([text(customer, `text ${i}`), close()]);
      }
    };
    await Promise.all(customers.map(textAndClose));
    await untilProcessed(app, 200, ...customers);

    const threads = await threadsOf(app, ...customers);
    expect(threads.length).toBeGreaterThan(20);
    for (const customer of customers) {
      const own = threads.filter(({ ani }) => ani === customer);
      expect(own.filter(({ state }) => state !== 'closed').length).toBeLessThanOrEqual(1);
      const inOrder = own.flatMap(({ bodies }) => bodies);
      expect(inOrder).toEqual(Array.from({ length: 50 }, (_, i) => `text ${i}`));
    }
    for (const { messageCount, messages } of threads) expect(messageCount).toBe(messages.length);
    // Closing came both before and after the text: contacts with one message, and contacts with two.
    expect(new Set(threads.map(({ messageCount }) => messageCount)).size).toBeGreaterThan(1);
    expect(answers.every((status) => status === 200)).toBe(true);
    const afterClose = await app.dataSource.query(
      `SELECT closed.contact_id FROM contact_events AS closed JOIN contact_events AS later
         ON later.contact_id = closed.contact_id AND later.version > closed.version
       WHERE closed.type = 'contact.closed'`,
    );
    expect(afterClose).toEqual([]);
  });

  test('a job works on what is free, and then waits for the conversation that somebody else is at', async () => {
    const [busy, free] = [newCustomer(), newCustomer()];
    const ids = await storeSilently(app, pool, [
      { From: busy, Body: 'first' },
      { From: free, Body: 'hello' },
      { From: busy, Body: 'second' },
    ]);
    const [{ key }] = await app.dataSource.query(
      'SELECT conversation_key AS key FROM inbound_sms WHERE from_number = $1',
      [busy],
    );
    let work: Promise<void> = Promise.resolve();
    await app.dataSource.transaction(async (somebodyElse) => {
      await lockConversations(somebodyElse, [key]);
      work = process(ids);
      await eventually('the free one', async () => (await bodiesOf(free)).length === 1);
      await untilSomebodyWaits(app);
      expect(await bodiesOf(busy)).toEqual([]);
    });
    await work;
    expect(await bodiesOf(busy)).toEqual(['first', 'second']);
    expect(await bodiesOf(free)).toEqual(['hello']);
  });

  test('rows whose job never came are processed after a sweep', async () => {
    const from = [newCustomer(), newCustomer()];
    const ids = await storeSilently(
      app,
      pool,
      from.map((From) => ({ From })),
    );
    await app.dataSource.query('UPDATE inbound_sms SET job_due_at = now() WHERE id = ANY ($1)', [ids]);
    await untilProcessed(app, 2, ...from);
    const firsts = (await threadsOf(app, ...from)).map(({ messages }) => messages.join());
    expect(firsts.toSorted()).toEqual(ids.toSorted());
  });
});
