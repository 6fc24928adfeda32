import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContactDto, ContactPageDto } from '../../src/contacts/contact.dto.js';
import type { MessageDto } from '../../src/contacts/message.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { buildAccount } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { insertContacts, textAndWait } from '../support/contacts.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { postReply } from '../support/replies.ts';

const AGENTS = 50;

let phones = 0;
const newPhone = (): string => `+1500555${String(2000 + ++phones)}`;

describe('Contacts', () => {
  let app: TestApp;
  let support: EntryPointDto;
  let vendas: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    support = await buildEntryPoint(app, { phoneNumber: '+15005550006' });
    vendas = await buildEntryPoint(app, { phoneNumber: '+5511955550001', language: 'pt-BR' });
  });
  afterAll(() => app.stop());

  const text = (sms: { from?: string; to?: string; body?: string } = {}): Promise<ContactDto> =>
    textAndWait(app, { from: newPhone(), ...sms });
  const accept = (id: string, agentId = 'agent-7'): ReturnType<typeof app.api.post<ContactDto>> =>
    app.api.post(`contacts/${id}/accept`, { agentId });
  const close = (id: string): ReturnType<typeof app.api.post<ContactDto>> => app.api.post(`contacts/${id}/close`);
  const listIds = async (query: string): Promise<string[]> =>
    expectStatus(await app.api.get<ContactPageDto>(`contacts?${query}`), 200).data.map(({ id }) => id);

  describe('the list', () => {
    let waiting: ContactDto;
    let active: ContactDto;
    let closed: ContactDto;
    let ofVendas: ContactDto;

    beforeAll(async () => {
      waiting = await text({ body: 'My order 4711 is LATE again' });
      active = await text({ body: 'Late but lovely' });
      closed = await text({ from: 'ACME', body: 'Your code is 99' });
      ofVendas = await text({ to: vendas.phoneNumber, body: 'Olá, o pedido não chegou' });
      expectStatus(await accept(active.id), 200);
      expectStatus(await close(closed.id), 200);
    });

    test.each<[string, () => string, () => ContactDto[]]>([
      ['nothing', () => '', () => [ofVendas, closed, active, waiting]],
      ['waiting', () => 'state=waiting', () => [ofVendas, waiting]],
      ['active', () => 'state=active', () => [active]],
      ['closed', () => 'state=closed', () => [closed]],
      ['its entry point', () => `entryPointId=${vendas.id}`, () => [ofVendas]],
      ['its campaign', () => `campaignId=${support.campaignId}`, () => [closed, active, waiting]],
      ['its customer', () => `customer=${encodeURIComponent(active.ani)}`, () => [active]],
      ['a customer with letters', () => 'customer=ACME', () => [closed]],
      [
        'a customer in groups',
        () => `customer=${encodeURIComponent(active.ani.replace(/(?=\d{4}$)/, ' '))}`,
        () => [active],
      ],
      ['a customer nobody is', () => 'customer=%2B15005559999', () => []],
      ['a word', () => 'q=late', () => [active, waiting]],
      ['all of several words, in any order', () => 'q=late+order', () => [waiting]],
      ['a word with accents', () => `q=${encodeURIComponent('não')}`, () => [ofVendas]],
      ['a part of a word', () => 'q=lov', () => []],
      ['words and state', () => 'q=late&state=waiting', () => [waiting]],
      ['what SQL would trip over', () => `q=${encodeURIComponent("');--\u0000 & | !")}`, () => []],
    ])('narrowed by %s gives those and no other, newest first', async (_, query, expected) => {
      expect(await listIds(query())).toEqual(expected().map(({ id }) => id));
    });

    test('comes oldest first when asked to, in pages too', async () => {
      const pages = await readPages<ContactDto>(app.api, 'contacts?order=oldest&limit=3');
      expect(pages.map((page) => page.map(({ id }) => id))).toEqual([
        [waiting.id, active.id, closed.id],
        [ofVendas.id],
      ]);
    });

    test('is counted, with those that the agent who asks has', async () => {
      const count = async (query: string) => (await app.api.get(`contacts/counts${query}`)).body;
      expect(await count('?agentId=agent-7')).toEqual({ waiting: 2, active: 1, mine: 1 });
      expect(await count('?agentId=agent-8')).toEqual({ waiting: 2, active: 1, mine: 0 });
      expect(await count('')).toEqual({ waiting: 2, active: 1, mine: 0 });
      const other = await buildAccount(app);
      expect((await other.api.get('contacts/counts?agentId=agent-7')).body).toEqual({ waiting: 0, active: 0, mine: 0 });
    });

    test.each([
      ['state', 'state=open'],
      ['order', 'order=random'],
      ['entryPointId', 'entryPointId=1'],
      ['q', 'q='],
      ['q', `q=${'x'.repeat(201)}`],
      ['cursor', 'cursor=zzz'],
      ['ani', 'ani=1'],
    ])('refuses a wrong %s by name', async (field, query) => {
      const answer = await app.api.get(`contacts?${query}`);
      expect(answer.status).toBe(422);
      expect(fieldsOf(answer)).toEqual([field]);
    });

    test('comes in pages, newest first, no contact twice, whatever comes in meanwhile', async () => {
      const made: string[] = [];
      for (let n = 0; n < 7; n++) made.push((await text({ to: vendas.phoneNumber })).id);
      const path = `contacts?entryPointId=${vendas.id}&limit=3`;
      const pages = await readPages<ContactDto>(app.api, path);
      expect(pages.map((page) => page.length)).toEqual([3, 3, 2]);
      expect(pages.flat().map(({ id }) => id)).toEqual([...made.toReversed(), ofVendas.id]);

      const { body: first } = await app.api.get<ContactPageDto>(path);
      await text({ to: vendas.phoneNumber });
      const { body: second } = await app.api.get<ContactPageDto>(`${path}&cursor=${first.nextCursor}`);
      expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(made.toReversed().slice(0, 6));
    });
  });

  test('each has the end of its thread at a glance, in lists and by itself', async () => {
    const from = newPhone();
    await text({ from, body: 'First' });
    const body = `${'😀'.repeat(159)}ab`;
    const contact = await text({ from, body });
    expect(contact.lastMessage).toEqual({
      body: body.slice(0, -1),
      direction: 'inbound',
      status: 'received',
      at: expect.any(String),
    });
    const { body: reply } = await postReply(app, contact.id, { body: 'On its way' });
    const { body: shown } = await app.api.get<ContactDto>(`contacts/${contact.id}`);
    expect(shown.lastMessage).toEqual({
      body: 'On its way',
      direction: 'outbound',
      status: expect.any(String),
      at: reply.at,
    });
    const [empty] = await insertContacts(app, support, [newPhone()]);
    expect((await app.api.get<ContactDto>(`contacts/${empty!.id}`)).body.lastMessage).toBeNull();
  });

  test('accepting claims it for the agent', async () => {
    const { id, version } = await text();
    const accepted = expectStatus(await accept(id, 'agent-7'), 200);
    expect(accepted).toMatchObject({
      id,
      state: 'active',
      agentId: 'agent-7',
      acceptedAt: expect.any(String),
      closedAt: null,
      version: version + 1,
    });
    expect((await app.api.get(`contacts/${id}`)).body).toEqual(accepted);
  });

  test(`of ${AGENTS} agents at once one gets it, and the others are not told who`, async () => {
    const { id } = await text();
    const answers = await Promise.all(Array.from({ length: AGENTS }, (_, n) => accept(id, `agent-${n}-of-the-desk`)));
    const [winner, ...others] = answers.filter(({ status }) => status === 200);
    const losers = answers.filter(({ status }) => status === 409);
    expect([others.length, losers.length]).toEqual([0, AGENTS - 1]);
    const { body: contact } = await app.api.get<ContactDto>(`contacts/${id}`);
    expect(contact.agentId).toBe(winner!.body.agentId);
    for (const loser of losers) {
      expect(problemOf(loser).errorCode).toBe('contact_already_accepted');
      expect(JSON.stringify(loser.body)).not.toContain('of-the-desk');
    }
    const { body: log } = await app.api.get<{ data: { type: string; subject: string }[] }>('events?limit=100');
    const told = log.data.filter(({ type, subject }) => type === 'contact.accepted' && subject === id);
    expect(told).toHaveLength(1);
  });

  test('a closed one cannot be accepted, nor closed again', async () => {
    const { id } = await text();
    const closed = expectStatus(await close(id), 200);
    expect(closed).toMatchObject({ state: 'closed', closedAt: expect.any(String), agentId: null });
    for (const answer of [await accept(id), await close(id)]) {
      expect(problemOf(answer)).toMatchObject({ status: 409, errorCode: 'contact_closed' });
    }
    expect((await app.api.get(`contacts/${id}`)).body).toEqual(closed);
  });

  test.each([
    ['no agent', {}, 'agentId'],
    ['an empty agent', { agentId: '' }, 'agentId'],
    ['an agent of 81 characters', { agentId: 'x'.repeat(81) }, 'agentId'],
    ['an unknown field', { agentId: 'agent-7', force: true }, 'force'],
  ])('%s cannot accept', async (_, body, field) => {
    const { id } = await text();
    const answer = await app.api.post(`contacts/${id}/accept`, body);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
    expect((await app.api.get(`contacts/${id}`)).body).toMatchObject({ state: 'waiting' });
  });

  test('the customer goes on in the open contact, and in a new one after it was closed', async () => {
    const from = newPhone();
    const first = await text({ from });
    expectStatus(await accept(first.id), 200);
    expect(await text({ from })).toMatchObject({ id: first.id, state: 'active', messageCount: 2 });
    expectStatus(await close(first.id), 200);
    const second = await text({ from });
    expect(second.id).not.toBe(first.id);
    expect(second).toMatchObject({ state: 'waiting', messageCount: 1, agentId: null });
    expect(await listIds(`customer=${encodeURIComponent(from)}`)).toEqual([second.id, first.id]);
  });

  test('the same customer has a contact of each entry point, in its language', async () => {
    const from = newPhone();
    const [one, other] = [await text({ from }), await text({ from, to: vendas.phoneNumber })];
    expect(one).toMatchObject({ entryPointId: support.id, lang: 'en-US', dnis: support.phoneNumber });
    expect(other).toMatchObject({ entryPointId: vendas.id, lang: 'pt-BR', dnis: vendas.phoneNumber });
  });

  test('its messages come in pages, oldest first or from the end back, each once', async () => {
    const from = newPhone();
    const bodies = Array.from({ length: 8 }, (_, n) => `Message ${n}`);
    let id = '';
    for (const body of bodies) ({ id } = await text({ from, body }));
    const pages = await readPages<MessageDto>(app.api, `contacts/${id}/messages?limit=3`);
    expect(pages.map((page) => page.map(({ body }) => body))).toEqual([
      bodies.slice(0, 3),
      bodies.slice(3, 6),
      bodies.slice(6),
    ]);
    const backwards = await readPages<MessageDto>(app.api, `contacts/${id}/messages?limit=3&order=newest`);
    expect(backwards.flat()).toEqual(pages.flat().toReversed());
    expect(backwards.map((page) => page.length)).toEqual([3, 3, 2]);
    expect(pages.flat()[0]).toMatchObject({ contactId: id, direction: 'inbound', status: 'received', media: [] });
  });

  test('a cursor of another list is refused', async () => {
    const { id } = await text();
    const { body } = await app.api.get<ContactPageDto>('contacts?limit=1');
    const answer = await app.api.get(`contacts/${id}/messages?cursor=${body.nextCursor}`);
    expect(problemOf(answer)).toMatchObject({ status: 422, errorCode: 'cursor_invalid' });
  });
});
