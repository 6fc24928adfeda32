import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { SweeperService } from '../../src/queue/sweeper.service.js';
import { InboundSmsProcessingService } from '../../src/inbound-sms/inbound-sms-processing.service.js';
import { startTestApp, startTestProcess, type TestApp, type TestProcess } from '../support/app.ts';
import { contactsOf, type ContactRow, eventsOf, insertContacts } from '../support/contacts.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { storeSilently } from '../support/journal.ts';
import { threadsOf } from '../support/threads.ts';
import { untilSomebodyWaits } from '../support/locks.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
const CONTACTS = 500;
const RACING = 250;

let phones = 0;
const newPhones = (count: number): string[] => Array.from({ length: count }, () => `+15006${100_000 + ++phones}`);

describe('Silence', () => {
  let app: TestApp;
  let second: TestProcess;
  let entryPoint: EntryPointDto;
  let pool: Pool;

  beforeAll(async () => {
    // No sweeps but those that the tests ask for, after the ones at the start.
    app = await startTestApp({ SWEEP_SECONDS: '60' });
    second = await startTestProcess(app, { SWEEP_SECONDS: '60' });
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    pool = new Pool({ connectionString: app.databaseUrl, max: 1 });
  });
  afterAll(async () => {
    await pool.end();
    await second.stop();
    await app.stop();
  });

  const sweep = (process: TestProcess = app): Promise<void> => process.app.get(SweeperService).sweep();
  const set = async (settings: { autoCloseHours?: number | null; reopenMinutes?: number }): Promise<void> =>
    void expectStatus(await app.api.patch(`entry-points/${entryPoint.id}`, settings), 200);
  const silent = async (silentMinutes: number, of = entryPoint): Promise<string> => {
    const [contact] = await insertContacts(app, of, newPhones(1), { silentMinutes });
    return contact!.id;
  };
  const find = async (id: string): Promise<ContactRow> =>
    (await app.dataSource.query('SELECT * FROM contacts WHERE id = $1', [id]))[0];

  test.each<[string, number | null, number, boolean]>([
    ['a day to the minute', 24, DAY, true],
    ['a minute less than a day', 24, DAY - 1, false],
    ['an hour to the minute', 1, HOUR, true],
    ['a minute less than an hour', 1, HOUR - 1, false],
    ['a day, where a week is allowed', 7 * 24, DAY, false],
    ['a year, where nothing closes by itself', null, 365 * DAY, false],
  ])('of %s: allowed are %s hours', async (_, autoCloseHours, minutes, isClosed) => {
    await set({ autoCloseHours });
    const id = await silent(minutes);
    await sweep();
    expect(await find(id)).toMatchObject(
      isClosed
        ? { state: 'closed', close_reason: 'silence', closed_at: expect.any(Date), version: 2 }
        : { state: 'waiting', close_reason: null, closed_at: null, version: 1 },
    );
    expect(await eventsOf(app, id)).toEqual(isClosed ? ['2 contact.closed'] : []);
  });

  test.each<[string, number | null, number, boolean]>([
    ['a day, where nothing closed by itself', null, DAY, true],
    ['less, where nothing closed by itself', null, DAY - 1, false],
    ['its own hours', 2, 2 * HOUR, true],
  ])('at a deleted entry point closes after %s', async (_, autoCloseHours, minutes, isClosed) => {
    const deleted = await buildEntryPoint(app, { phoneNumber: '+5511955550001', language: 'pt-BR', autoCloseHours });
    const id = await silent(minutes, deleted);
    expectStatus(await app.api.delete(`entry-points/${deleted.id}`), 204);
    await sweep();
    expect((await find(id)).state).toBe(isClosed ? 'closed' : 'waiting');
  });

  test('closes an active contact too, and leaves in it who had it', async () => {
    await set({ autoCloseHours: 24 });
    const id = await silent(DAY);
    expectStatus(await app.api.post(`contacts/${id}/accept`, { agentId: 'agent-7' }), 200);
    await sweep();
    expect((await app.api.get(`contacts/${id}`)).body).toMatchObject({
      state: 'closed',
      closeReason: 'silence',
      agentId: 'agent-7',
    });
    expect(await eventsOf(app, id)).toEqual(['2 contact.accepted', '3 contact.closed']);
  });

  test('is counted again from an undone close, or that would be undone at once', async () => {
    await set({ autoCloseHours: 24 });
    const id = await silent(DAY);
    await sweep();
    expectStatus(await app.api.post(`contacts/${id}/reopen`), 200);
    await sweep();
    expect((await find(id)).state).toBe('waiting');
    await app.dataSource.query(`UPDATE contacts SET reopened_at = now() - interval '24 hours' WHERE id = $1`, [id]);
    await sweep();
    expect(await find(id)).toMatchObject({ state: 'closed', close_reason: 'silence', version: 4 });
  });

  test('passes over a contact that somebody works on, and looks at it again afterwards', async () => {
    await set({ autoCloseHours: 24 });
    const [busy, idle] = [await silent(DAY), await silent(DAY)];
    await app.dataSource.transaction(async (manager) => {
      await manager.query('UPDATE contacts SET last_message_at = now() WHERE id = $1', [busy]);
      await sweep(second);
      expect((await find(idle)).state).toBe('closed');
    });
    await sweep(second);
    expect(await find(busy)).toMatchObject({ state: 'waiting', version: 1 });
  });

  test(`${CONTACTS} contacts due at once, and two schedulers: each is closed once, and told once`, async () => {
    await set({ autoCloseHours: 24 });
    const customers = newPhones(CONTACTS);
    const made = await insertContacts(app, entryPoint, customers, { silentMinutes: DAY });
    await Promise.all([sweep(), sweep(second), sweep(), sweep(second)]);

    const contacts = await contactsOf(app, ...customers);
    expect(contacts).toHaveLength(CONTACTS);
    const ends = new Set(contacts.map(({ state, close_reason, version }) => `${state} ${close_reason} ${version}`));
    expect([...ends]).toEqual(['closed silence 2']);
    const told = await app.dataSource.query(
      'SELECT contact_id AS id, type, version FROM contact_events WHERE contact_id = ANY ($1) ORDER BY contact_id',
      [made.map(({ id }) => id)],
    );
    expect(told).toEqual(contacts.map(({ id }) => ({ id, type: 'contact.closed', version: 2 })));
  });

  describe.each([
    ['opens a new contact', 0],
    ['opens the closed contact again', 60],
  ])('A text that comes while its contact is being closed %s', (_, reopenMinutes) => {
    const process = (ids: string[]): Promise<void> => app.app.get(InboundSmsProcessingService).process(ids);
    const store = (customers: string[]): Promise<string[]> =>
      storeSilently(
        app,
        pool,
        customers.map((From) => ({ From, Body: `From ${From}` })),
      );

    beforeAll(() => set({ autoCloseHours: 24, reopenMinutes }));

    test('when the close is first', async () => {
      const [customer] = newPhones(1) as [string];
      const [contact] = await insertContacts(app, entryPoint, [customer], { silentMinutes: DAY });
      const ids = await store([customer]);
      let processed: Promise<void> | undefined;
      await app.dataSource.transaction(async (manager) => {
        await manager.query(
          `UPDATE contacts SET state = 'closed', closed_at = now(), close_reason = 'silence', version = 2 WHERE id = $1`,
          [contact!.id],
        );
        processed = process(ids);
        await untilSomebodyWaits(app);
      });
      await processed;
      const [first, ...others] = await threadsOf(app, customer);
      if (reopenMinutes === 0) {
        expect(first).toMatchObject({ id: contact!.id, state: 'closed', messages: [] });
        expect(others).toMatchObject([{ state: 'waiting', messages: ids, journal: ids }]);
      } else {
        expect(first).toMatchObject({ id: contact!.id, state: 'waiting', messages: ids, journal: ids });
        expect(others).toEqual([]);
      }
    });

    test(`or keeps it open: ${RACING} texts and two schedulers over the same contacts lose none`, async () => {
      const customers = newPhones(RACING);
      const made = await insertContacts(app, entryPoint, customers, { silentMinutes: DAY });
      const ids = await store(customers);
      const batches = Array.from({ length: 25 }, (_each, n) => ids.filter((_id, i) => i % 25 === n));
      await Promise.all([
        sweep(),
        ...batches.slice(0, 12).map(process),
        sweep(second),
        ...batches.slice(12).map(process),
      ]);
      await Promise.all([sweep(), sweep(second)]);

      const isOld = new Set(made.map(({ id }) => id));
      const threads = await threadsOf(app, ...customers);
      const open = threads.filter(({ state }) => state !== 'closed');
      expect(open.map(({ ani }) => ani).toSorted()).toEqual(customers.toSorted());
      expect(open.flatMap(({ messages }) => messages).toSorted()).toEqual(ids.toSorted());
      for (const { id, ani, state, bodies, messageCount, messages, journal } of threads) {
        expect({ bodies, messageCount, journal }).toEqual(
          state === 'closed'
            ? { bodies: [], messageCount: 0, journal: [] }
            : { bodies: [`From ${ani}`], messageCount: 1, journal: messages },
        );
        const events = await eventsOf(app, id);
        expect(POSSIBLE[state === 'closed' ? 'closed' : isOld.has(id) ? 'kept' : 'new']).toContainEqual(events);
        if (reopenMinutes > 0) expect(isOld).toContain(id);
      }
    });
  });
});

/** What the log may tell of a contact after the race. */
const POSSIBLE = {
  closed: [['2 contact.closed']],
  new: [['1 contact.created', '2 contact.message']],
  kept: [['2 contact.message'], ['2 contact.closed', '3 contact.reopened', '4 contact.message']],
};
