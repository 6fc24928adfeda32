import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { SmsInboundDto } from '../../src/entry-points/channel-switch.dto.js';
import { buildAccount, buildApiKey, firstAccountId } from '../support/accounts.ts';
import type { Api } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { contactsOf, textAndWait } from '../support/contacts.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { findJournalRow } from '../support/journal.ts';
import { sendSms } from '../support/phone.ts';
import { problemOf } from '../support/problems.ts';
import { postReply, untilStatus } from '../support/replies.ts';
import { type Browser, insertSettledUser, signInAs } from '../support/users.ts';

const US = '+15005550006';
const BRAZIL = '+5511955550001';
const OFF = '+15005550007';

describe('The switch over all entry points', () => {
  let app: TestApp;
  let ada: Browser;
  let bob: Browser;
  let agent: Browser;
  let active: EntryPointDto;
  let disabled: EntryPointDto;
  let inOffCampaign: EntryPointDto;
  let texts = 0;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    active = await buildEntryPoint(app, { phoneNumber: US });
    disabled = await buildEntryPoint(app, { phoneNumber: BRAZIL, state: 'disabled' });
    const off = await buildCampaign(app, { smsInboundEnabled: false });
    inOffCampaign = await buildEntryPoint(app, { phoneNumber: OFF, campaignId: off.id });
    [ada, bob, agent] = (await Promise.all(
      (['admin', 'admin', 'agent'] as const).map(async (role) => signInAs(app, await insertSettledUser(app, { role }))),
    )) as [Browser, Browser, Browser];
  });
  afterAll(() => app.stop());
  afterEach(() => turn(app.api, true));

  const read = async (api: Api = app.api): Promise<SmsInboundDto> =>
    expectStatus(await api.get<SmsInboundDto>('sms-inbound'), 200);
  const turn = async (api: Api, enabled: boolean): Promise<SmsInboundDto> =>
    expectStatus(await api.patch<SmsInboundDto>('sms-inbound', { enabled }), 200);
  /** Own switch and effect, of the three entry points. */
  const switches = async (): Promise<[state: string, enabled: boolean][]> =>
    Promise.all(
      [active, disabled, inOffCampaign].map(async ({ id }) => {
        const { state, enabled } = expectStatus(await app.api.get<EntryPointDto>(`entry-points/${id}`), 200);
        return [state, enabled] as [string, boolean];
      }),
    );
  const newCustomer = (): string => `+1500300${String(++texts).padStart(4, '0')}`;
  const verdictOn = async (to: string, from = newCustomer()): Promise<string> => {
    const { messageSid } = await sendSms(app, { from, to });
    return eventually('the verdict', async () => (await findJournalRow(app, messageSid))?.verdict);
  };

  test('keeps texts in the journal, without contacts, until they are enabled again', async () => {
    expect(await read()).toEqual({ enabled: true, disabledAt: null, disabledBy: null, entryPoints: 0 });
    expect(await verdictOn(US)).toBe('accepted');

    await turn(ada, false);
    const from = newCustomer();
    expect(await verdictOn(US, from)).toBe('channel_disabled');
    expect(await contactsOf(app, from)).toEqual([]);

    await turn(ada, true);
    expect(await verdictOn(US, from)).toBe('accepted');
    expect(await contactsOf(app, from)).toHaveLength(1);
  });

  test("leaves each entry point's own switch and each campaign's alone, before and after", async () => {
    const before = [
      ['active', true],
      ['disabled', false],
      ['active', false],
    ];
    expect(await switches()).toEqual(before);
    await turn(ada, false);
    expect(await switches()).toEqual(before.map(([state]) => [state, false]));
    expect([await verdictOn(BRAZIL), await verdictOn(OFF)]).toEqual(['entry_point_disabled', 'channel_disabled']);
    await turn(ada, true);
    expect(await switches()).toEqual(before);
  });

  test('an own switch that is set meanwhile counts once all are enabled again', async () => {
    await turn(ada, false);
    const update = await app.api.patch<EntryPointDto>(`entry-points/${disabled.id}`, { state: 'active' });
    expect(expectStatus(update, 200)).toMatchObject({ state: 'active', enabled: false });
    expect(await read()).toMatchObject({ entryPoints: 2 });
    expect(await verdictOn(BRAZIL)).toBe('channel_disabled');
    await turn(ada, true);
    expect(await verdictOn(BRAZIL)).toBe('accepted');
    expectStatus(await app.api.patch(`entry-points/${disabled.id}`, { state: 'disabled' }), 200);
  });

  test('says who did it and when to everybody, and the second who does it changes nothing', async () => {
    const first = await turn(ada, false);
    expect(first).toEqual({
      enabled: false,
      disabledAt: expect.any(String),
      disabledBy: { id: expect.any(String), name: expect.stringContaining('@example.com') },
      entryPoints: 1,
    });
    expect(await turn(bob, false)).toEqual(first);
    expect(await read(agent)).toEqual(first);
  });

  test('is undone by another admin, twice without harm, but not by an agent', async () => {
    await turn(ada, false);
    const refused = await agent.patch('sms-inbound', { enabled: true });
    expect(problemOf(refused)).toMatchObject({ status: 403, errorCode: 'scope_missing' });
    expect(await read(bob)).toMatchObject({ enabled: false });
    for (const _ of [1, 2]) expect(await turn(bob, true)).toMatchObject({ enabled: true, disabledBy: null });
    expect(await verdictOn(US)).toBe('accepted');
  });

  test('names the API key that did it', async () => {
    const key = await buildApiKey(app, await firstAccountId(app));
    expect(await turn(key, false)).toMatchObject({ disabledBy: { name: 'Test key' } });
  });

  test("is the account's own: another one's entry points go on", async () => {
    const { id, api: another } = await buildAccount(app);
    await turn(another, false);
    expect(await verdictOn(US)).toBe('accepted');
    expect(await read()).toMatchObject({ enabled: true });
    await turn(another, true);
    await turn(ada, false);
    expect(await read(await buildApiKey(app, id))).toMatchObject({ enabled: true, disabledBy: null });
  });

  test('leaves open contacts to their agents: replies still go out', async () => {
    const contact = await textAndWait(app, { from: newCustomer(), to: US });
    expectStatus(await app.api.post(`contacts/${contact.id}/accept`, { agentId: 'ada' }), 200);
    await turn(ada, false);
    const reply = expectStatus(await postReply(app, contact.id, { body: 'Still here.' }), 201);
    expect(await untilStatus(app, reply, 'delivered')).toMatchObject({ errorCode: null });
  });

  test('an SMS that came meanwhile becomes a contact when it is replayed afterwards', async () => {
    await turn(ada, false);
    const from = newCustomer();
    const { messageSid } = await sendSms(app, { from, to: US });
    const row = await eventually('the verdict', async () => {
      const found = await findJournalRow(app, messageSid);
      return found?.verdict === 'channel_disabled' && found;
    });
    await turn(ada, true);
    await app.api.post(`inbound-sms/${row.id}/replay`);
    const replayed = await eventually('the contact', async () => (await contactsOf(app, from))[0]);
    expect(replayed).toMatchObject({ state: 'waiting', message_count: 1 });
  });

  test.each([
    ['no', { enabled: 'no' }],
    ['null', { enabled: null }],
    ['nothing', {}],
  ])('refuses %s, and says which field it is about', async (_, body) => {
    const problem = problemOf(await app.api.patch('sms-inbound', body));
    expect(problem).toMatchObject({ status: 422, errors: [{ field: 'enabled', message: 'must be true or false' }] });
  });

  test.each<[string, () => Promise<unknown>]>([
    ['all are disabled', () => turn(app.api, false)],
    ['an entry point is renamed', () => app.api.patch(`entry-points/${active.id}`, { name: `Renamed ${++texts}` })],
    ['a campaign is switched', () => app.api.patch(`campaigns/${active.campaignId}`, { smsInboundEnabled: true })],
  ])('open screens hear when %s, and those of another account do not', async (_, change) => {
    const { api: another } = await buildAccount(app);
    const [own, foreign] = [await openEventStream(app.api), await openEventStream(another)];
    const isTold = (stream: typeof own): boolean => stream.text().includes('event: entry-points.changed\n');
    try {
      await change();
      await eventually('the word', () => isTold(own));
      await turn(another, false);
      await eventually("the other account's word", () => isTold(foreign));
      expect(foreign.text().match(/entry-points\.changed/g)).toHaveLength(1);
    } finally {
      own.close();
      foreign.close();
    }
  });
});
