import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import type { ContactDto, ContactPageDto } from '../../src/contacts/contact.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { OptOutDto, OptOutPageDto } from '../../src/opt-outs/opt-out.dto.js';
import { InboundSmsProcessingService } from '../../src/inbound-sms/inbound-sms-processing.service.js';
import type { Verdict } from '../../src/inbound-sms/verdict.js';
import { buildAccount } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { findJournalRow, storeSilently } from '../support/journal.ts';
import { ledgerOf } from '../support/opt-outs.ts';
import { readPages } from '../support/pages.ts';
import { sendSms } from '../support/phone.ts';
import { problemOf } from '../support/problems.ts';
import { threadsOf } from '../support/threads.ts';
import { TwilioConsole } from '../support/twilio-console.ts';

const UNROUTED = '+15005550999';
const STOPS = 'STOP|stop| sTOp |\tStopAll\n|unsubscribe|Cancel|eNd| quit|Revoke|optout\u00a0'.split('|');

describe('A text', () => {
  let app: TestApp;
  let pool: Pool;
  let english: EntryPointDto;
  let portuguese: EntryPointDto;
  let italian: EntryPointDto;
  let customers = 0;
  let customer: string;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    pool = new Pool({ connectionString: app.databaseUrl, max: 2 });
    const twilio = new TwilioConsole(app);
    await twilio.addNumber({ phoneNumber: UNROUTED, capabilities: { sms: true } });
    const { id: campaignId } = await buildCampaign(app, { languages: ['en-US', 'pt-BR', 'it-IT'] });
    const build = (language: string, phoneNumber: string): Promise<EntryPointDto> =>
      buildEntryPoint(app, { campaignId, language, phoneNumber });
    const more = ['+15005550901', '+15005550902'] as const;
    for (const phoneNumber of more) await twilio.addNumber({ phoneNumber, capabilities: { sms: true } });
    english = await build('en-US', '+15005550006');
    portuguese = await build('pt-BR', more[0]);
    italian = await build('it-IT', more[1]);
    const languageSettings = [
      { language: 'pt-BR', stopWords: ['PARAR', 'NÃO'], startWords: ['VOLTAR'], helpWords: ['AJUDA'] },
      { language: 'it-IT', stopWords: ['BASTA'], startWords: ['RIPRENDI'] },
    ];
    expectStatus(await app.api.patch(`campaigns/${campaignId}`, { languageSettings }), 200);
  });
  afterAll(async () => {
    await pool.end();
    await app.stop();
  });

  const newCustomer = (): string => (customer = `+1500555${String(3000 + ++customers)}`);
  const process = (ids: string[]): Promise<void> => app.app.get(InboundSmsProcessingService).process(ids);

  /** Texts of the customer that the intake stored in one insert, and a worker processes in one transaction. */
  async function say(bodies: string[], to = english.phoneNumber): Promise<string[]> {
    const forms = bodies.map((Body) => ({ From: customer, To: to, Body }));
    const ids = await storeSilently(app, pool, forms);
    await process(ids);
    return ids;
  }

  async function verdictsOn(ids: string[]): Promise<Verdict[]> {
    const rows: { verdict: Verdict }[] = await app.dataSource.query(
      'SELECT verdict FROM inbound_sms WHERE id = ANY ($1) ORDER BY received_order',
      [ids],
    );
    return rows.map(({ verdict }) => verdict);
  }

  const contactsOf = async (from: string): Promise<ContactDto[]> =>
    expectStatus(await app.api.get<ContactPageDto>(`contacts?customer=${encodeURIComponent(from)}`), 200).data;

  /** As the desk sees it, in the list and in the newest contact. */
  async function isOptedOut(): Promise<boolean> {
    const data = await contactsOf(customer);
    const one = expectStatus(await app.api.get<ContactDto>(`contacts/${data[0]!.id}`), 200);
    expect(one.optedOut).toBe(data[0]!.optedOut);
    return one.optedOut;
  }

  const kindsOf = async (): Promise<string[]> => (await ledgerOf(app, customer)).map(({ kind }) => kind);

  test.each(STOPS)('%j without an open contact makes none: the ledger has it', async (body) => {
    newCustomer();
    const ids = await say([body]);
    expect(await verdictsOn(ids)).toEqual(['opted_out']);
    expect(await threadsOf(app, customer)).toEqual([]);
    expect(await ledgerOf(app, customer)).toEqual([
      {
        kind: 'opted_out',
        source: 'keyword',
        word: body.trim().toUpperCase(),
        phoneNumber: english.phoneNumber,
        body,
        isInTime: true,
      },
    ]);
  });

  test.each(['Stop please', 'STOP!', 'S T O P', 'PARAR', 'BASTA', 'HELP', ' info ', 'START', 'Unstop', 'yes', 'Hello'])(
    '%j of somebody who has not opted out is an ordinary text',
    async (body) => {
      newCustomer();
      expect(await verdictsOn(await say([body]))).toEqual(['accepted']);
      expect((await threadsOf(app, customer)).map(({ bodies }) => bodies)).toEqual([[body]]);
      expect(await ledgerOf(app, customer)).toEqual([]);
      expect(await isOptedOut()).toBe(false);
    },
  );

  test.each([
    ['parar', 'pt-BR', 'opted_out', 'PARAR'],
    [' Não ', 'pt-BR', 'opted_out', 'NÃO'],
    ['Stop', 'pt-BR', 'opted_out', 'STOP'],
    ['basta', 'pt-BR', 'accepted', null],
    ['Basta', 'it-IT', 'opted_out', 'BASTA'],
    ['parar', 'it-IT', 'accepted', null],
  ])('%j to an entry point in %s is %s', async (body, lang, verdict, word) => {
    newCustomer();
    const { phoneNumber } = [portuguese, italian].find(({ language }) => language === lang)!;
    expect(await verdictsOn(await say([body], phoneNumber))).toEqual([verdict]);
    expect((await ledgerOf(app, customer)).map((row) => row.word)).toEqual(word === null ? [] : [word]);
  });

  test.each([
    ['Please no more', 'STOP', 'opted_out', [['opted_out', null]]],
    ['START', 'STOP', 'opted_out', [['opted_out', 'START']]],
    ['STOP', 'HELP', 'accepted', []],
    ['STOP', 'START', 'accepted', []],
    ['Stop', undefined, 'opted_out', [['opted_out', 'STOP']]],
  ] as const)('%j that Twilio takes for %s is %s', async (body, optOutType, verdict, ledger) => {
    const from = newCustomer();
    const { messageSid } = await sendSms(app, { from, body, ...(optOutType && { optOutType }) });
    const row = await eventually('its verdict', async () => {
      const found = await findJournalRow(app, messageSid);
      return found?.verdict && found;
    });
    expect(row.verdict).toBe(verdict);
    const rows = await ledgerOf(app, customer);
    expect(rows.map(({ kind, word }) => [kind, word])).toEqual(ledger);
    const source = optOutType === undefined ? 'keyword' : 'opt_out_type';
    expect(rows.every((each) => each.source === source && each.isInTime)).toBe(true);
  });

  test('STOP with an open contact stands in its thread, and the contact says so until START', async () => {
    const from = newCustomer();
    const { id, version } = await textAndWait(app, { from, body: 'Hello' });
    expectStatus(await app.api.post(`contacts/${id}/accept`, { agentId: 'agent-7' }), 200);
    expect(await textAndWait(app, { from, body: 'Stop' })).toMatchObject({
      id,
      state: 'active',
      optedOut: true,
      messageCount: 2,
      version: version + 2,
    });
    expect(await isOptedOut()).toBe(true);
    expect(await textAndWait(app, { from, body: 'Unstop' })).toMatchObject({ id, optedOut: false, messageCount: 3 });
    expect(await textAndWait(app, { from, body: 'STOP' })).toMatchObject({ id, optedOut: true });
    expect(expectStatus(await app.api.post<ContactDto>(`contacts/${id}/close`), 200).optedOut).toBe(true);

    const { data } = expectStatus(await app.api.get<OptOutPageDto>(`contacts/${id}/opt-outs`), 200);
    const journal = (await threadsOf(app, from))[0]!.journal;
    expect(data.map(({ kind, source, word, inboundSmsId }) => [kind, source, word, inboundSmsId])).toEqual([
      ['opted_out', 'keyword', 'STOP', journal[3]],
      ['opted_in', 'keyword', 'UNSTOP', journal[2]],
      ['opted_out', 'keyword', 'STOP', journal[1]],
    ]);
    expect((await ledgerOf(app, from)).every(({ isInTime }) => isInTime)).toBe(true);
  });

  test('that is ordinary, of somebody who has opted out, opens a contact that says so', async () => {
    const from = newCustomer();
    await say(['STOP']);
    expect(await textAndWait(app, { from, body: 'Where is my order?' })).toMatchObject({ optedOut: true });
  });

  test.each<[string[], Verdict[], string[], boolean]>([
    [['STOP', 'START'], ['opted_out', 'accepted'], ['opted_out', 'opted_in'], false],
    [['START', 'STOP'], ['accepted', 'accepted'], ['opted_out'], true],
    [['Hello', 'STOP'], ['accepted', 'accepted'], ['opted_out'], true],
    [['STOP', 'Hello', 'stop'], ['opted_out', 'accepted', 'accepted'], ['opted_out', 'opted_out'], true],
    [
      ['STOP', 'START', 'YES', 'STOP', 'HELP'],
      ['opted_out', 'accepted', 'accepted', 'accepted', 'accepted'],
      ['opted_out', 'opted_in', 'opted_out'],
      true,
    ],
  ])('%j in one batch are %j', async (bodies, verdicts, kinds, optedOut) => {
    newCustomer();
    const ids = await say(bodies);
    expect(await verdictsOn(ids)).toEqual(verdicts);
    expect(await kindsOf()).toEqual(kinds);
    expect(await isOptedOut()).toBe(optedOut);
    const inThread = bodies.filter((_, n) => verdicts[n] === 'accepted');
    expect((await threadsOf(app, customer)).map((thread) => thread.bodies)).toEqual([inThread]);
  });

  test('STOP to one number says nothing about another', async () => {
    const from = newCustomer();
    const { id } = await textAndWait(app, { from, to: portuguese.phoneNumber });
    await say(['Hello', 'STOP'], english.phoneNumber);
    const data = await contactsOf(from);
    // Newest first.
    expect(data.map(({ dnis, optedOut }) => [dnis, optedOut])).toEqual([
      [english.phoneNumber, true],
      [portuguese.phoneNumber, false],
    ]);
    expect(expectStatus(await app.api.get<OptOutPageDto>(`contacts/${id}/opt-outs`), 200).data).toEqual([]);
  });

  test.each<[Verdict, (isOn: boolean) => Promise<unknown>]>([
    ['entry_point_disabled', (isOn) => turn(`entry-points/${italian.id}`, { state: isOn ? 'active' : 'disabled' })],
    ['channel_disabled', (isOn) => turn(`campaigns/${italian.campaignId}`, { smsInboundEnabled: isOn })],
  ])('STOP and START with the verdict %s count: Twilio keeps to them', async (verdict, turnIt) => {
    newCustomer();
    await turnIt(false);
    const ids = await say(['STOP'], italian.phoneNumber);
    expect(await kindsOf()).toEqual(['opted_out']);
    ids.push(...(await say(['riprendi'], italian.phoneNumber)));
    await turnIt(true);
    expect(await verdictsOn(ids)).toEqual([verdict, verdict]);
    expect(await kindsOf()).toEqual(['opted_out', 'opted_in']);
    expect(await threadsOf(app, customer)).toEqual([]);
  });

  const turn = async (path: string, body: object): Promise<unknown> =>
    expectStatus(await app.api.patch(path, body), 200);

  test('STOP is in the ledger once, however often a worker takes it and it is replayed', async () => {
    newCustomer();
    const ids = await storeSilently(app, pool, [{ From: customer, Body: 'STOP' }]);
    await Promise.all(Array.from({ length: 10 }, () => process(ids)));
    expect(await replay(ids[0]!)).toBe('opted_out');
    await say(['START']);
    expect(await isOptedOut()).toBe(false);
    // There is a contact now: the text goes into its thread, and the customer stays opted in.
    expect(await replay(ids[0]!)).toBe('accepted');
    expect(await kindsOf()).toEqual(['opted_out', 'opted_in']);
    expect(await isOptedOut()).toBe(false);
    expect(problemOf(await app.api.post(`inbound-sms/${ids[0]}/replay`)).errorCode).toBe('already_accepted');
  });

  test('STOP that is replayed after START, and was to a number without an entry point, changes nothing any more', async () => {
    newCustomer();
    const [stop, start] = [await say(['STOP'], UNROUTED), await say(['START'], UNROUTED)];
    expect(await verdictsOn([...stop, ...start])).toEqual(['unrouted', 'unrouted']);
    expect(await ledgerOf(app, customer)).toEqual([]);
    await buildEntryPoint(app, { phoneNumber: UNROUTED });
    await say(['STOP', 'START', 'Hello'], UNROUTED);
    expect(await replay(stop[0]!)).toBe('accepted');
    expect(await isOptedOut()).toBe(false);
    expect(await kindsOf()).toEqual(['opted_out', 'opted_in', 'opted_out']);
    const { id } = (await threadsOf(app, customer))[0]!;
    const { data } = expectStatus(await app.api.get<OptOutPageDto>(`contacts/${id}/opt-outs`), 200);
    expect(data.map(({ kind }) => kind)).toEqual(['opted_in', 'opted_out', 'opted_out']);
  });

  async function replay(id: string): Promise<Verdict> {
    expectStatus(await app.api.post(`inbound-sms/${id}/replay`), 202);
    return eventually('its verdict', async () => (await verdictsOn([id]))[0]);
  }

  test('STOP while an agent closes the contact is in that contact or in none, never in a new one', async () => {
    for (let n = 0; n < 40; n++) {
      newCustomer();
      await say(['Hello']);
      const { id } = (await threadsOf(app, customer))[0]!;
      const stop = await storeSilently(app, pool, [{ From: customer, Body: 'STOP' }]);
      await Promise.all([process(stop), app.api.post(`contacts/${id}/close`)]);
      const [verdict] = await verdictsOn(stop);
      const bodies = verdict === 'accepted' ? ['Hello', 'STOP'] : ['Hello'];
      expect((await threadsOf(app, customer)).map((thread) => thread.bodies)).toEqual([bodies]);
      expect(await kindsOf()).toEqual(['opted_out']);
    }
  });

  test('its ledger comes in pages, newest first, each row once', async () => {
    newCustomer();
    await say(['Hello', 'STOP', 'START', 'STOP', 'STOP', 'START', 'QUIT', 'YES']);
    const { id } = (await threadsOf(app, customer))[0]!;
    const pages = await readPages<OptOutDto>(app.api, `contacts/${id}/opt-outs?limit=3`);
    expect(pages.map((page) => page.map(({ word }) => word))).toEqual([
      ['YES', 'QUIT', 'START'],
      ['STOP', 'STOP', 'START'],
      ['STOP'],
    ]);
    const { api: stranger } = await buildAccount(app);
    expect(problemOf(await stranger.get(`contacts/${id}/opt-outs`)).status).toBe(404);
  });
});
