import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CampaignDto } from '../../src/campaigns/campaign.dto.js';
import type { MessageDto } from '../../src/contacts/message.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { postReply, readInbox } from '../support/replies.ts';

let phones = 0;
const newPhone = (): string => `+1500558${String(1000 + ++phones)}`;

const CLOSED = { timeZone: 'Europe/Rome', weekly: [], exceptions: [] };
const NOTICE = 'We are closed. Back {opensAt}. {campaign}';

describe('Greetings and notices', () => {
  let app: TestApp;
  let campaign: CampaignDto;
  let english: EntryPointDto;
  let portuguese: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp({ SMS_PER_SECOND: '100' });
    await connectTelephony(app);
    campaign = await buildCampaign(app, { name: 'Support' });
    const { id: campaignId } = campaign;
    english = await buildEntryPoint(app, { campaignId, name: 'Support EN' });
    portuguese = await buildEntryPoint(app, { campaignId, phoneNumber: '+5511955550001', language: 'pt-BR' });
  });
  afterAll(() => app.stop());

  const setUp = async (settings: { greeting?: string | null; closed?: boolean; notices?: Record<string, string> }) => {
    const languageSettings = Object.entries(settings.notices ?? {}).map(([language, outOfHoursNotice]) => ({
      language,
      outOfHoursNotice,
      stopWords: [],
      startWords: [],
      helpWords: [],
    }));
    const openingHours = settings.closed ? CLOSED : null;
    expectStatus(await app.api.patch(`campaigns/${campaign.id}`, { openingHours, languageSettings }), 200);
    expectStatus(await app.api.patch(`entry-points/${english.id}`, { greeting: settings.greeting ?? null }), 200);
  };
  beforeEach(() => setUp({}));

  /** What the service itself wrote into the thread. */
  const noticesIn = async (contactId: string): Promise<Pick<MessageDto, 'origin' | 'body'>[]> => {
    const pages = await readPages<MessageDto>(app.api, `contacts/${contactId}/messages?limit=100`);
    return pages
      .flat()
      .filter(({ origin }) => origin === 'greeting' || origin === 'out_of_hours_notice')
      .map(({ origin, body }) => ({ origin, body }));
  };

  test('a greeting is sent once per contact, with its placeholders filled in', async () => {
    await setUp({ greeting: 'Hello {customer}, this is {entryPoint} ({campaign}) on {number}. {{ok}' });
    const from = newPhone();
    const contact = await textAndWait(app, { from });
    await textAndWait(app, { from, body: 'And another thing' });
    const body = `Hello ${from}, this is Support EN (Support) on ${english.phoneNumber}. {ok}`;
    expect(await noticesIn(contact.id)).toEqual([{ origin: 'greeting', body }]);
    await eventually('it is on the phone', async () => (await readInbox(app, from)).length > 0);
    expect(await readInbox(app, from)).toMatchObject([{ from: english.phoneNumber, body }]);
    const [row] = await app.dataSource.query(
      `SELECT segments, agent_id AS "agentId" FROM messages WHERE contact_id = $1 AND origin = 'greeting'`,
      [contact.id],
    );
    expect(row).toEqual({ segments: 1, agentId: null });

    expectStatus(await app.api.post(`contacts/${contact.id}/close`), 200);
    const next = await textAndWait(app, { from, body: 'Back again' });
    expect(next.id).not.toBe(contact.id);
    expect(await noticesIn(next.id)).toHaveLength(1);
  });

  test('outside opening hours the notice comes in place of the greeting, once, and the contact waits', async () => {
    await setUp({ greeting: 'Hello', closed: true, notices: { 'en-US': NOTICE } });
    const from = newPhone();
    const contact = await textAndWait(app, { from });
    await textAndWait(app, { from, body: 'Really?' });
    expect(await noticesIn(contact.id)).toEqual([
      { origin: 'out_of_hours_notice', body: 'We are closed. Back -. Support' },
    ]);
    expect((await app.api.get(`contacts/${contact.id}`)).body).toMatchObject({ state: 'waiting', messageCount: 3 });
  });

  test('the notice is in the language of the entry point, else in the default language of the campaign', async () => {
    await setUp({ closed: true, notices: { 'en-US': 'Closed', 'pt-BR': 'Fechado' } });
    const to = portuguese.phoneNumber;
    expect(await noticesIn((await textAndWait(app, { from: newPhone(), to })).id)).toMatchObject([{ body: 'Fechado' }]);
    await setUp({ closed: true, notices: { 'en-US': 'Closed' } });
    expect(await noticesIn((await textAndWait(app, { from: newPhone(), to })).id)).toMatchObject([{ body: 'Closed' }]);
  });

  test('closed without a notice, the greeting is sent', async () => {
    await setUp({ greeting: 'Hello', closed: true });
    const contact = await textAndWait(app, { from: newPhone() });
    expect(await noticesIn(contact.id)).toMatchObject([{ origin: 'greeting' }]);
  });

  test('who is being answered by an agent gets no notice', async () => {
    const contact = await textAndWait(app, { from: newPhone() });
    expectStatus(await app.api.post(`contacts/${contact.id}/accept`, { agentId: 'agent-7' }), 200);
    await setUp({ closed: true, notices: { 'en-US': NOTICE } });
    await textAndWait(app, { from: contact.ani, body: 'Still there?' });
    expect(await noticesIn(contact.id)).toEqual([]);
  });

  test('a contact that was opened during opening hours gets the notice at the first text after them', async () => {
    await setUp({ greeting: 'Hello' });
    const contact = await textAndWait(app, { from: newPhone() });
    await setUp({ greeting: 'Hello', closed: true, notices: { 'en-US': 'Closed' } });
    await textAndWait(app, { from: contact.ani, body: 'Hello?' });
    expect(await noticesIn(contact.id)).toMatchObject([{ origin: 'greeting' }, { origin: 'out_of_hours_notice' }]);
  });

  test.each([
    ['HELP', newPhone(), 'HELP'],
    ['START', newPhone(), 'start'],
    ['a short code', '72975', 'Your code is 99'],
    ['a sender with a name', 'ACME', 'Your code is 99'],
  ])('%s is not greeted', async (_, from, body) => {
    await setUp({ greeting: 'Hello', closed: true, notices: { 'en-US': NOTICE } });
    const contact = await textAndWait(app, { from, body });
    expect(await noticesIn(contact.id)).toEqual([]);
  });

  test('nor are the opted-out', async () => {
    const from = newPhone();
    const before = await textAndWait(app, { from });
    await textAndWait(app, { from, body: 'STOP' });
    expectStatus(await app.api.post(`contacts/${before.id}/close`), 200);
    await setUp({ greeting: 'Hello', closed: true, notices: { 'en-US': NOTICE } });
    const contact = await textAndWait(app, { from, body: 'Where is my parcel?' });
    expect(await noticesIn(contact.id)).toEqual([]);
    expect((await postReply(app, contact.id, { body: 'Hi' })).status).toBe(409);
  });
});
