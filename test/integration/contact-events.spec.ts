import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { newId } from '../../src/common/ids.js';
import type { ContactEventDto, ContactEventPageDto } from '../../src/contact-events/contact-event.dto.js';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import { buildAccount, firstAccountId } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';

describe('The log of contact events', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    await buildEntryPoint(app);
  });
  afterAll(() => app.stop());

  const read = async (after?: string): Promise<ContactEventDto[]> => {
    const query = after === undefined ? '' : `&after=${after}`;
    return expectStatus(await app.api.get<ContactEventPageDto>(`events?limit=100${query}`), 200).data;
  };
  /** Waits, since a writing transaction anywhere on the server holds back what was committed after it. */
  const readUntil = (count: number, after?: string): Promise<ContactEventDto[]> =>
    eventually(`${count} events`, async () => {
      const events = await read(after);
      return events.length >= count && events;
    });
  /** Undefined while nothing has happened. */
  const endOfLog = async (): Promise<string | undefined> => {
    const [{ count }] = await app.dataSource.query('SELECT count(*)::int AS count FROM contact_events');
    return (await readUntil(count)).at(-1)?.sequence;
  };
  const act = async ({ id }: ContactDto, action: 'accept' | 'close'): Promise<void> => {
    const body = action === 'accept' ? { agentId: 'agent-7' } : undefined;
    expectStatus(await app.api.post(`contacts/${id}/${action}`, body), 200);
  };

  test('tells the life of a contact in order, in CloudEvents without a word or a number of the customer', async () => {
    const end = await endOfLog();
    const from = '+15005550201';
    await textAndWait(app, { from, body: 'Sesame, open' });
    const contact = await textAndWait(app, { from, body: 'Please' });
    await act(contact, 'accept');
    await act(contact, 'close');
    const { body: thread } = await app.api.get<{ data: { id: string }[] }>(`contacts/${contact.id}/messages`);
    const [first, second] = thread.data.map(({ id }) => ({ messageId: id }));

    const events = await readUntil(5, end);
    expect(events.map(({ type, data }) => ({ type, ...data }))).toEqual([
      { type: 'contact.created', contactId: contact.id, version: 1 },
      { type: 'contact.message', contactId: contact.id, version: 2, ...first },
      { type: 'contact.message', contactId: contact.id, version: 3, ...second },
      { type: 'contact.accepted', contactId: contact.id, version: 4 },
      { type: 'contact.closed', contactId: contact.id, version: 5 },
    ]);
    for (const event of events) {
      expect(event).toEqual({
        specversion: '1.0',
        id: expect.any(String),
        source: `/accounts/${await firstAccountId(app)}`,
        type: expect.any(String),
        subject: contact.id,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        sequence: expect.stringMatching(/^[0-9a-f]{16}\.[0-9a-f]{16}$/),
        data: expect.any(Object),
      });
    }
    const sequences = events.map(({ sequence }) => sequence);
    expect(sequences.toSorted()).toEqual(sequences);
    expect(new Set(events.map(({ id }) => id)).size).toBe(5);
    expect(JSON.stringify(events)).not.toMatch(/Sesame|5550201|5550006|agent-7/);
  });

  test('is read on from any event with `after`, and in pages without a repeat', async () => {
    const contact = await textAndWait(app, { from: '+15005550202' });
    await act(contact, 'accept');
    await act(contact, 'close');
    await endOfLog();
    const all = await read();
    expect(all.length).toBeGreaterThan(3);
    expect(await read(all[1]!.sequence)).toEqual(all.slice(2));
    expect(await read(all.at(-1)!.sequence)).toEqual([]);

    const pages = await readPages<ContactEventDto>(app.api, 'events?limit=3', 'after');
    expect(pages.flat()).toEqual(all);
    expect(pages.slice(0, -1).every((page) => page.length === 3)).toBe(true);
  });

  test.each([
    ['after', 'after=1'],
    ['after', `after=${'0'.repeat(16)}.${'f'.repeat(16)}`],
    ['after', `after=${'F'.repeat(16)}.${'0'.repeat(16)}`],
    ['limit', 'limit=101'],
    ['cursor', 'cursor=abc'],
  ])('refuses a wrong %s by name: %s', async (field, query) => {
    const answer = await app.api.get(`events?${query}`);
    expect(problemOf(answer).status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
  });

  describe('while an older transaction has written an event and not committed', () => {
    let older: pg.Client;
    let accountId: string;

    beforeAll(async () => {
      accountId = await firstAccountId(app);
    });
    beforeEach(async () => {
      older = new pg.Client(app.databaseUrl);
      await older.connect();
      await older.query('BEGIN');
    });
    afterEach(() => older.end());

    const writeOlder = async (contactId: string): Promise<string> => {
      const id = newId();
      await older.query(
        `INSERT INTO contact_events (id, account_id, type, contact_id, version)
         VALUES ($1, $2, 'contact.message', $3, 9)`,
        [id, accountId, contactId],
      );
      return id;
    };

    test('nothing after the gap is given before the commit; then all of it, the older one first', async () => {
      const contact = await textAndWait(app, { from: '+15005550203' });
      const end = await endOfLog();
      const olderId = await writeOlder(contact.id);
      await act(contact, 'accept');
      expect(await read(end)).toEqual([]);
      await act(contact, 'close');
      expect(await read(end)).toEqual([]);

      await older.query('COMMIT');
      const events = await readUntil(3, end);
      expect(events.map(({ id, type }) => (id === olderId ? 'the older one' : type))).toEqual([
        'the older one',
        'contact.accepted',
        'contact.closed',
      ]);
    });

    test('a rollback gives the rest free', async () => {
      const contact = await textAndWait(app, { from: '+15005550204' });
      const end = await endOfLog();
      await writeOlder(contact.id);
      await act(contact, 'accept');
      expect(await read(end)).toEqual([]);
      await older.query('ROLLBACK');
      expect((await readUntil(1, end)).map(({ type }) => type)).toEqual(['contact.accepted']);
    });

    test('what was committed before is given all the same', async () => {
      const contact = await textAndWait(app, { from: '+15005550205' });
      await endOfLog();
      const before = await read();
      await writeOlder(contact.id);
      expect(await read()).toEqual(before);
    });
  });

  test('holds nothing of another account', async () => {
    const { api } = await buildAccount(app);
    await endOfLog();
    expect((await api.get<ContactEventPageDto>('events')).body).toEqual({ data: [], nextCursor: null });
  });
});
