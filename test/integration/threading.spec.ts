import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ContactDto, ContactPageDto } from '../../src/contacts/contact.dto.js';
import type { ReceivedSms } from '../../src/contacts/received-sms.js';
import { reopenRecentlyClosed } from '../../src/contacts/reopening.queries.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { contactsOf, eventsOf, insertContacts, textAndWait } from '../support/contacts.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { untilSomebodyWaits } from '../support/locks.ts';
import { readPages } from '../support/pages.ts';
import { sendSms } from '../support/phone.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { threadsOf, untilProcessed } from '../support/threads.ts';

const AT_ONCE = 20;

let phones = 0;
const newPhone = (): string => `+1500557${1000 + ++phones}`;
const statusesOf = (answers: { status: number }[]): number[] =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);

describe('A conversation', () => {
  let app: TestApp;
  let entryPoint: EntryPointDto;
  let other: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    other = await buildEntryPoint(app, { phoneNumber: '+5511955550001', language: 'pt-BR' });
  });
  afterAll(() => app.stop());

  type Call = ReturnType<typeof app.api.post<ContactDto>>;
  const accept = (id: string, agentId = 'agent-7'): Call => app.api.post(`contacts/${id}/accept`, { agentId });
  const transfer = (id: string, agentId: unknown): Call => app.api.post(`contacts/${id}/transfer`, { agentId });
  const close = (id: string): Call => app.api.post(`contacts/${id}/close`);
  const reopen = (id: string): Call => app.api.post(`contacts/${id}/reopen`);
  const get = async (id: string): Promise<ContactDto> => (await app.api.get<ContactDto>(`contacts/${id}`)).body;
  const text = (from = newPhone()): Promise<ContactDto> => textAndWait(app, { from });
  const allowReopening = async (reopenMinutes: number): Promise<void> =>
    void expectStatus(await app.api.patch(`entry-points/${entryPoint.id}`, { reopenMinutes }), 200);
  const waiting = async (from = newPhone()): Promise<string> => (await insertContacts(app, entryPoint, [from]))[0]!.id;

  /** Versions without a gap, each event told once. */
  async function expectGapless(id: string, from = 2): Promise<void> {
    const versions = (await eventsOf(app, id)).map((line) => Number(line.split(' ')[0]));
    const { version } = await get(id);
    expect(versions).toEqual(Array.from({ length: version - from + 1 }, (_, n) => n + from));
  }

  describe('handed on', () => {
    test.each<[string, string | null, string | null, object, string[]]>([
      ['from nobody to an agent', null, 'a', { state: 'active', agentId: 'a' }, ['2 contact.transferred']],
      ['from one agent to another', 'a', 'b', { state: 'active', agentId: 'b' }, ['3 contact.transferred']],
      ['from an agent to nobody', 'a', null, { state: 'waiting', agentId: null }, ['3 contact.transferred']],
      ['to the agent who has it', 'a', 'a', { state: 'active', agentId: 'a' }, []],
      ['to nobody, when nobody has it', null, null, { state: 'waiting', agentId: null }, []],
    ])('%s', async (_, before, after, expected, events) => {
      const id = await waiting();
      const accepted = before === null ? null : expectStatus(await accept(id, before), 200);
      const earlier = accepted === null ? [] : ['2 contact.accepted'];
      const contact = expectStatus(await transfer(id, after), 200);
      expect(contact).toMatchObject({ id, ...expected, version: 1 + earlier.length + events.length });
      expect(contact.acceptedAt).toEqual(after === null ? null : (accepted?.acceptedAt ?? expect.any(String)));
      expect(await get(id)).toEqual(contact);
      expect(await eventsOf(app, id)).toEqual([...earlier, ...events]);
    });

    test('to nobody can be accepted again, by anybody', async () => {
      const id = await waiting();
      expectStatus(await accept(id, 'a'), 200);
      expectStatus(await transfer(id, null), 200);
      expect(expectStatus(await accept(id, 'b'), 200)).toMatchObject({ state: 'active', agentId: 'b' });
    });

    test('after it was closed is refused', async () => {
      const id = await waiting();
      expectStatus(await close(id), 200);
      for (const agentId of ['a', null]) {
        expect(problemOf(await transfer(id, agentId))).toMatchObject({ status: 409, errorCode: 'contact_closed' });
      }
      expect(await eventsOf(app, id)).toEqual(['2 contact.closed']);
    });

    test.each([
      ['nobody named', {}, 'agentId'],
      ['an empty agent', { agentId: '' }, 'agentId'],
      ['an agent of 81 characters', { agentId: 'x'.repeat(81) }, 'agentId'],
      ['a number', { agentId: 7 }, 'agentId'],
      ['an unknown field', { agentId: 'a', reason: 'x' }, 'reason'],
    ])('with %s is refused by name', async (_, body, field) => {
      const id = await waiting();
      expect(fieldsOf(await app.api.post(`contacts/${id}/transfer`, body))).toEqual([field]);
      expect(await get(id)).toMatchObject({ state: 'waiting', version: 1 });
    });

    test(`to ${AT_ONCE} agents at once ends with one of them, and each change is told once`, async () => {
      const id = await waiting();
      const agents = Array.from({ length: AT_ONCE }, (_, n) => `agent-${n}`);
      const answers = await Promise.all(agents.map((agentId) => transfer(id, agentId)));
      const versions = answers.map((answer) => expectStatus(answer, 200).version);
      expect(versions.toSorted((a, b) => a - b)).toEqual(agents.map((_, n) => n + 2));
      const last = answers.find(({ body }) => body.version === AT_ONCE + 1)!.body;
      expect(await get(id)).toEqual(last);
      expect(agents[answers.findIndex(({ body }) => body === last)]).toBe(last.agentId);
      await expectGapless(id);
    });

    test('and accepted at once: whoever accepts first hands it on, and nobody accepts what was handed to another', async () => {
      const ids = await Promise.all(Array.from({ length: AT_ONCE }, () => waiting()));
      await Promise.all(
        ids.map(async (id) => {
          const [claim, handOver] = await Promise.all([accept(id, 'claimer'), transfer(id, 'receiver')]);
          expectStatus(handOver, 200);
          expect(await get(id)).toMatchObject({ state: 'active', agentId: 'receiver' });
          if (claim.status !== 200) {
            expect(problemOf(claim)).toMatchObject({ status: 409, errorCode: 'contact_already_accepted' });
          }
          expect(await eventsOf(app, id)).toEqual(
            claim.status === 200 ? ['2 contact.accepted', '3 contact.transferred'] : ['2 contact.transferred'],
          );
        }),
      );
    });
  });

  describe('whose close is undone', () => {
    test('goes back to the agent who had it', async () => {
      const id = await waiting();
      const accepted = expectStatus(await accept(id), 200);
      expect(expectStatus(await close(id), 200)).toMatchObject({ state: 'closed', closeReason: 'agent' });
      const contact = expectStatus(await reopen(id), 200);
      expect(contact).toMatchObject({
        state: 'active',
        agentId: 'agent-7',
        acceptedAt: accepted.acceptedAt,
        closedAt: null,
        closeReason: null,
        reopenedAt: expect.any(String),
      });
      expect(await eventsOf(app, id)).toEqual(['2 contact.accepted', '3 contact.closed', '4 contact.reopened']);
    });

    test('waits when no agent had it', async () => {
      const id = await waiting();
      expectStatus(await close(id), 200);
      expect(expectStatus(await reopen(id), 200)).toMatchObject({ state: 'waiting', agentId: null, acceptedAt: null });
    });

    test('has the next text of the customer', async () => {
      const { id, ani } = await text();
      expectStatus(await close(id), 200);
      expectStatus(await reopen(id), 200);
      expect(await text(ani)).toMatchObject({ id, messageCount: 2 });
    });

    test('must have been closed', async () => {
      const id = await waiting();
      expect(problemOf(await reopen(id))).toMatchObject({ status: 409, errorCode: 'contact_not_closed' });
      expect(await eventsOf(app, id)).toEqual([]);
    });

    test('stays closed when the customer has a newer one, which the answer names, until that is closed', async () => {
      const { id, ani } = await text();
      expectStatus(await close(id), 200);
      const newer = await text(ani);
      expect(problemOf(await reopen(id))).toMatchObject({
        status: 409,
        errorCode: 'newer_contact_open',
        contact: { id: newer.id },
        detail: expect.stringContaining(newer.id),
      });
      expect(await get(id)).toMatchObject({ state: 'closed', version: 3 });
      expectStatus(await close(newer.id), 200);
      expectStatus(await reopen(id), 200);
    });

    test('is not in the way of what the customer has with another entry point', async () => {
      const { id, ani } = await text();
      expectStatus(await close(id), 200);
      await textAndWait(app, { from: ani, to: other.phoneNumber });
      expect(expectStatus(await reopen(id), 200)).toMatchObject({ id, state: 'waiting' });
    });

    test(`by ${AT_ONCE} at once is opened once`, async () => {
      const id = await waiting();
      expectStatus(await close(id), 200);
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => reopen(id)));
      expect(statusesOf(answers)).toEqual([200, ...Array(AT_ONCE - 1).fill(409)]);
      expect(await eventsOf(app, id)).toEqual(['2 contact.closed', '3 contact.reopened']);
    });

    test('of two closed ones of a customer at once only one is open', async () => {
      const from = newPhone();
      const ids = [await waiting(from)];
      expectStatus(await close(ids[0]!), 200);
      ids.push(await waiting(from));
      expectStatus(await close(ids[1]!), 200);
      const answers = await Promise.all(ids.map(reopen));
      expect(statusesOf(answers)).toEqual([200, 409]);
      const winner = answers.find(({ status }) => status === 200)!.body;
      expect(problemOf(answers.find(({ status }) => status === 409)!)).toMatchObject({
        errorCode: 'newer_contact_open',
        contact: { id: winner.id },
      });
    });
  });

  describe('that the customer takes up again', () => {
    beforeEach(() => allowReopening(10));
    afterAll(() => allowReopening(0));

    const closedBefore = async (id: string, minutes: number): Promise<void> => {
      expectStatus(await close(id), 200);
      await app.dataSource.query(`UPDATE contacts SET closed_at = now() - $2 * interval '1 minute' WHERE id = $1`, [
        id,
        minutes,
      ]);
    };

    test('in time goes on in the same contact, which waits for whoever is there', async () => {
      const { id, ani } = await text();
      expectStatus(await accept(id), 200);
      await closedBefore(id, 9);
      expect(await text(ani)).toMatchObject({
        id,
        state: 'waiting',
        agentId: null,
        acceptedAt: null,
        closedAt: null,
        closeReason: null,
        reopenedAt: expect.any(String),
        messageCount: 2,
        version: 6,
      });
      expect(await eventsOf(app, id)).toEqual([
        '1 contact.created',
        '2 contact.message',
        '3 contact.accepted',
        '4 contact.closed',
        '5 contact.reopened',
        '6 contact.message',
      ]);
    });

    test.each<[string, number, number]>([
      ['too late', 10, 11],
      ['where a close is for good', 0, 0],
    ])('%s is a new contact', async (_, minutes, ago) => {
      const { id, ani } = await text();
      await closedBefore(id, ago);
      await allowReopening(minutes);
      const next = await text(ani);
      expect(next).toMatchObject({ state: 'waiting', messageCount: 1, reopenedAt: null });
      expect(next.id).not.toBe(id);
      expect(await get(id)).toMatchObject({ state: 'closed', messageCount: 1 });
    });

    test('goes on in the one that was closed last, and leaves those of other entry points closed', async () => {
      const from = newPhone();
      const first = await waiting(from);
      await closedBefore(first, 8);
      const last = await waiting(from);
      await closedBefore(last, 2);
      const between = await waiting(from);
      await closedBefore(between, 5);
      const [elsewhere] = await insertContacts(app, other, [from]);
      await closedBefore(elsewhere!.id, 1);
      expect(await text(from)).toMatchObject({ id: last, version: 4 });
      for (const id of [first, between, elsewhere!.id]) expect((await get(id)).state).toBe('closed');
    });

    test('with several texts at once is opened again once', async () => {
      const { id, ani } = await text();
      await closedBefore(id, 1);
      await Promise.all(Array.from({ length: AT_ONCE }, () => sendSms(app, { from: ani })));
      await untilProcessed(app, AT_ONCE + 1, ani);
      expect(await threadsOf(app, ani)).toMatchObject([{ id, state: 'waiting', messageCount: AT_ONCE + 1 }]);
      const events = await eventsOf(app, id);
      expect(events.filter((line) => line.endsWith('contact.reopened'))).toEqual(['4 contact.reopened']);
      await expectGapless(id, 1);
    });

    test('goes on in another one that an agent has just opened', async () => {
      const from = newPhone();
      const older = await waiting(from);
      await closedBefore(older, 5);
      const last = await waiting(from);
      await closedBefore(last, 1);
      let reopened: Promise<Set<string>> | undefined;
      await app.dataSource.transaction(async (manager) => {
        await manager.query(
          `UPDATE contacts SET state = 'waiting', closed_at = NULL, close_reason = NULL, version = version + 1
           WHERE id = $1`,
          [older],
        );
        await sendSms(app, { from });
        const sms = { entryPointId: entryPoint.id, ani: from, receivedAt: new Date(), reopenMinutes: 10 };
        reopened = app.dataSource.transaction((own) => reopenRecentlyClosed(own, [sms as ReceivedSms]));
        await untilSomebodyWaits(app, 2);
      });
      expect(await reopened).toEqual(new Set());
      await untilProcessed(app, 1, from);
      expect(await contactsOf(app, from)).toMatchObject([
        { id: older, state: 'waiting', message_count: 1 },
        { id: last, state: 'closed', message_count: 0 },
      ]);
      expect((await eventsOf(app, older)).at(-1)).toBe('4 contact.message');
    });

    test.each([10, 0])(
      `while agents undo the close (%i minutes): ${AT_ONCE} times one contact is open, and it has the text`,
      async (minutes) => {
        await allowReopening(minutes);
        const customers = Array.from({ length: AT_ONCE }, newPhone);
        const closed = await insertContacts(app, entryPoint, customers);
        for (const answer of await Promise.all(closed.map(({ id }) => close(id)))) expectStatus(answer, 200);
        const [answers] = await Promise.all([
          Promise.all(closed.map(({ id }) => reopen(id))),
          Promise.all(customers.map((from) => sendSms(app, { from }))),
        ]);
        await untilProcessed(app, AT_ONCE, ...customers);

        const contacts = await contactsOf(app, ...customers);
        const open = contacts.filter(({ state }) => state !== 'closed');
        expect(open.map(({ ani }) => ani).toSorted()).toEqual(customers.toSorted());
        expect(open.map(({ message_count }) => message_count)).toEqual(customers.map(() => 1));
        for (const [n, answer] of answers.entries()) {
          const { id } = open.find(({ ani }) => ani === closed[n]!.ani)!;
          if (answer.status === 200) expect(id).toBe(closed[n]!.id);
          else expect(['contact_not_closed', 'newer_contact_open']).toContain(problemOf(answer).errorCode);
        }
        await Promise.all(closed.map(({ id }) => expectGapless(id)));
      },
    );
  });

  test('shows the earlier ones of the same customer, whichever number they texted, oldest first, in pages', async () => {
    const from = newPhone();
    const made: string[] = [];
    for (const point of [entryPoint, other, entryPoint, entryPoint, entryPoint]) {
      const contact = await textAndWait(app, { from, to: point.phoneNumber });
      made.push(contact.id);
      expectStatus(await close(contact.id), 200);
    }
    await text();
    const pages = await readPages<ContactDto>(app.api, `contacts/${made[3]}/earlier?limit=2`);
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([made.slice(0, 2), made.slice(2, 3)]);
    expect(pages.flat()[0]).toEqual(await get(made[0]!));
    const { body: none } = await app.api.get<ContactPageDto>(`contacts/${made[0]}/earlier`);
    expect(none).toEqual({ data: [], nextCursor: null });
    expect(fieldsOf(await app.api.get(`contacts/${made[3]}/earlier?cursor=zzz`))).toEqual(['cursor']);
  });
});
