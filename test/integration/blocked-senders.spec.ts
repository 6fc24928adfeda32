import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BlockedSenderDto, BlockedSenderPageDto } from '../../src/blocked-senders/blocked-sender.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { InboundSmsDto, InboundSmsPageDto } from '../../src/inbound-sms/inbound-sms.dto.js';
import { buildAccount } from '../support/accounts.ts';
import type { Answer } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { ledgerOf } from '../support/opt-outs.ts';
import { readPages } from '../support/pages.ts';
import { sendSms } from '../support/phone.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { threadsOf } from '../support/threads.ts';
import { insertSettledUser, signInAs } from '../support/users.ts';

describe('Blocked senders', () => {
  let app: TestApp;
  let entryPoint: EntryPointDto;
  let phones = 0;
  let from: string;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    from = `+1500555${String(5000 + ++phones)}`;
  });

  const block = (phoneNumber: string, reason?: string): Promise<Answer<BlockedSenderDto>> =>
    app.api.post('blocked-senders', { phoneNumber, ...(reason !== undefined && { reason }) });
  const blockNow = async (phoneNumber: string): Promise<BlockedSenderDto> =>
    expectStatus(await block(phoneNumber), 201);
  const unblock = async ({ id }: BlockedSenderDto): Promise<void> =>
    void expectStatus(await app.api.delete(`blocked-senders/${id}`), 204);
  const list = async (query = ''): Promise<string[]> =>
    expectStatus(await app.api.get<BlockedSenderPageDto>(`blocked-senders${query}`), 200).data.map(
      ({ phoneNumber }) => phoneNumber,
    );

  /** Texts, and waits for the verdict. */
  async function text(body: string): Promise<InboundSmsDto> {
    const { messageSid } = await sendSms(app, { from, body });
    return verdictOn(messageSid);
  }

  const verdictOn = (messageSid: string): Promise<InboundSmsDto> =>
    eventually(`the verdict on ${messageSid}`, async () => {
      const { body } = await app.api.get<InboundSmsPageDto>(`inbound-sms?twilioMessageSid=${messageSid}`);
      return body.data[0]?.verdict && body.data[0];
    });

  const bodiesOf = async (): Promise<string[][]> => (await threadsOf(app, from)).map(({ bodies }) => bodies);

  test('are in the journal and reach no agent, until they are let in again', async () => {
    const blocked = await blockNow(from);
    const sms = await text('Buy this');
    expect(sms).toMatchObject({ verdict: 'blocked', entryPointId: entryPoint.id, contactId: null, body: 'Buy this' });
    expect(await bodiesOf()).toEqual([]);

    await unblock(blocked);
    expect(await text('Sorry')).toMatchObject({ verdict: 'accepted' });
    expectStatus(await app.api.post(`inbound-sms/${sms.id}/replay`), 202);
    expect(await verdictOn(sms.twilioMessageSid)).toMatchObject({ verdict: 'accepted' });
    expect(await bodiesOf()).toEqual([['Sorry', 'Buy this']]);
  });

  test('that are replayed while still blocked stay so', async () => {
    await blockNow(from);
    const sms = await text('Buy this');
    expectStatus(await app.api.post(`inbound-sms/${sms.id}/replay`), 202);
    expect(await verdictOn(sms.twilioMessageSid)).toMatchObject({ verdict: 'blocked' });
    expect(await bodiesOf()).toEqual([]);
  });

  test('write no more into a contact that is open', async () => {
    const contact = await textAndWait(app, { from, body: 'Hello' });
    await blockNow(from);
    expect(await text('Hello?')).toMatchObject({ verdict: 'blocked', contactId: null });
    expect(await bodiesOf()).toEqual([['Hello']]);
    const { body: now } = await app.api.get(`contacts/${contact.id}`);
    expect(now).toEqual(contact);
  });

  test.each([[[]], [['Hello']]])('opt out all the same, with %j in an open contact', async (bodies) => {
    for (const body of bodies) await textAndWait(app, { from, body });
    await blockNow(from);
    expect(await text('STOP')).toMatchObject({ verdict: 'blocked' });
    expect(await bodiesOf()).toEqual(bodies.map((body) => [body]));
    expect(await ledgerOf(app, from)).toEqual([
      expect.objectContaining({ kind: 'opted_out', word: 'STOP', body: 'STOP', isInTime: true }),
    ]);
  });

  test('are not told from those of a disabled entry point', async () => {
    await blockNow(from);
    expectStatus(await app.api.patch(`entry-points/${entryPoint.id}`, { state: 'disabled' }), 200);
    expect(await text('Hello')).toMatchObject({ verdict: 'entry_point_disabled' });
    expectStatus(await app.api.patch(`entry-points/${entryPoint.id}`, { state: 'active' }), 200);
  });

  test('of another account are let in here', async () => {
    const { api: stranger } = await buildAccount(app);
    const foreign = expectStatus(await stranger.post<BlockedSenderDto>('blocked-senders', { phoneNumber: from }), 201);
    expect(await text('Hello')).toMatchObject({ verdict: 'accepted' });
    expect(await list(`?q=${encodeURIComponent(from)}`)).toEqual([]);
    expect(problemOf(await app.api.delete(`blocked-senders/${foreign.id}`)).status).toBe(404);
    const own = await blockNow(from);
    expect(own.id).not.toBe(foreign.id);
  });

  test.each(['50501', 'ACME BANK', 'Überbank-7', 'whatsapp:+15005550101', '$ave', '+1', 'x'.repeat(64)])(
    'are known as Twilio names them: %j',
    async (phoneNumber) => {
      expect(await blockNow(`  ${phoneNumber} `)).toMatchObject({ phoneNumber, reason: null });
      const again = await block(phoneNumber);
      expect(problemOf(again)).toMatchObject({ status: 409, errorCode: 'sender_blocked_already' });
    },
  );

  test.each([
    ['none', {}, 'phoneNumber'],
    ['an empty one', { phoneNumber: ' ' }, 'phoneNumber'],
    ['null', { phoneNumber: null }, 'phoneNumber'],
    ['a number', { phoneNumber: 15005550101 }, 'phoneNumber'],
    ['without its +', { phoneNumber: '15005550101' }, 'phoneNumber'],
    ['as people write it', { phoneNumber: '+1 500 555 0101' }, 'phoneNumber'],
    ['with letters after the +', { phoneNumber: '+1500555FLOWERS' }, 'phoneNumber'],
    ['of 65 characters', { phoneNumber: 'x'.repeat(65) }, 'phoneNumber'],
    ['an empty reason', { phoneNumber: '+15005559999', reason: '' }, 'reason'],
    ['a reason of 201 characters', { phoneNumber: '+15005559999', reason: 'x'.repeat(201) }, 'reason'],
    ['an unknown field', { phoneNumber: '+15005559999', until: 'tomorrow' }, 'until'],
  ])('refuse %s by name', async (_, body, field) => {
    const answer = await app.api.post('blocked-senders', body);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
    expect(await list('?q=15005559999')).toEqual([]);
  });

  test.each(['A\u0000B', '+1500\u0000'])('refuse what cannot be stored: %j', async (phoneNumber) => {
    expect((await block(phoneNumber)).status).toBe(422);
  });

  test('can be blocked once, and of ten at once one does it', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => block(from)));
    const [made, ...others] = answers.filter(({ status }) => status === 201);
    expect(others).toEqual([]);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(9);
    for (const answer of refused) {
      expect(problemOf(answer)).toMatchObject({
        errorCode: 'sender_blocked_already',
        blockedSender: { id: made!.body.id },
      });
    }
    await unblock(made!.body);
    expect(problemOf(await app.api.delete(`blocked-senders/${made!.body.id}`)).status).toBe(404);
    expect((await block(from)).status).toBe(201);
  });

  test('are blocked by an agent, whose name stays beside it', async () => {
    const agent = await insertSettledUser(app, { role: 'agent' });
    const browser = await signInAs(app, agent);
    const body = { phoneNumber: from, reason: ' Advertising ' };
    const blocked = expectStatus(await browser.post<BlockedSenderDto>('blocked-senders', body), 201);
    expect(blocked).toEqual({
      id: expect.any(String),
      phoneNumber: from,
      reason: 'Advertising',
      createdBy: agent.id,
      createdAt: expect.any(String),
    });
    const { data } = expectStatus(await browser.get<BlockedSenderPageDto>('blocked-senders?limit=1'), 200);
    expect(data).toEqual([blocked]);
    const [key] = await app.dataSource.query('SELECT id FROM api_keys ORDER BY created_at LIMIT 1');
    expect((await blockNow(`${from}0`)).createdBy).toBe(key.id);
    expectStatus(await browser.delete(`blocked-senders/${blocked.id}`), 204);
  });

  test('come in pages, newest first, and can be looked for', async () => {
    const numbers = Array.from({ length: 5 }, (_, n) => `+3933377700${n}`);
    for (const number of numbers) expectStatus(await block(number, 'Pesky 100%'), 201);
    const pages = await readPages<BlockedSenderDto>(app.api, 'blocked-senders?limit=2&q=%2B39333');
    expect(pages.map((page) => page.map(({ phoneNumber }) => phoneNumber))).toEqual([
      [numbers[4], numbers[3]],
      [numbers[2], numbers[1]],
      [numbers[0]],
    ]);
    expect(await list('?q=pESKY+100%25')).toEqual(numbers.toReversed());
    expect(await list('?q=77003')).toEqual([numbers[3]]);
    expect(await list('?q=%25')).toEqual(numbers.toReversed());
    expect(await list('?q=_')).toEqual([]);
    expect(await list('?q=%00')).toEqual([]);
    expect(fieldsOf(await app.api.get('blocked-senders?q='))).toEqual(['q']);
  });
});
