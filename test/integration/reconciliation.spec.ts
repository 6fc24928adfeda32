import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import type { MessagePageDto } from '../../src/contacts/message.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { HealthReportDto } from '../../src/health/health-report.dto.js';
import { requestWalksAfterOutage } from '../../src/reconciliation/reconciliation.queries.js';
import type { InboundSmsDto } from '../../src/inbound-sms/inbound-sms.dto.js';
import { buildAccount } from '../support/accounts.ts';
import { startTestApp, startTestProcess, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { attach, lastMessage, mediaOnceFetched, PNG } from '../support/media.ts';
import { sendSms } from '../support/phone.ts';
import { problemOf } from '../support/problems.ts';
import {
  loseSms,
  readJournal,
  readReconciliations,
  reconcile,
  reconciliationOf,
  untilJudged,
  walkAfter,
} from '../support/reconciliation.ts';
import { buildForm, postSigned } from '../support/signed-forms.ts';
import { TwilioConsole } from '../support/twilio-console.ts';

const [US, US_TOO, ITALY, BRAZIL] = ['+15005550006', '+15005550007', '+390620004000', '+5511955550001'];
/** Twilio's dates are whole seconds. */
const nextSecond = (): Promise<void> => wait(1_001 - (Date.now() % 1_000));
let customers = 0;
const newCustomer = (): string => `+1500555${3_000 + ++customers}`;

describe('Reconciliation', () => {
  let app: TestApp;
  let twilio: TwilioConsole;
  let support: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp({ SWEEP_SECONDS: '0.2' });
    twilio = new TwilioConsole(app);
    await connectTelephony(app);
    support = await buildEntryPoint(app, { phoneNumber: US });
  });
  afterEach(() => twilio.makeTrouble({}));
  afterAll(() => app.stop());

  const journalOf = (query: string): Promise<InboundSmsDto[]> => readJournal(app, query);
  const findRow = async (messageSid: string): Promise<InboundSmsDto | undefined> =>
    (await journalOf(`twilioMessageSid=${messageSid}`))[0];
  const judged = (messageSid: string): Promise<InboundSmsDto> => untilJudged(app, messageSid);
  const threadOf = async ({ id }: Pick<ContactDto, 'id'>) =>
    expectStatus(await app.api.get<MessagePageDto>(`contacts/${id}/messages`), 200).data;
  const countReconciled = async (): Promise<number> =>
    Number(/^sms_reconciled_total (\d+)$/m.exec(await (await fetch(`${app.url}/metrics`)).text())?.[1]);

  test('brings what never came, once, as if it had come, by the dates of Twilio', async () => {
    const from = newCustomer();
    const contact = await textAndWait(app, { from, body: 'came' });
    const sids = [];
    for (const body of ['lost 1', 'lost 2', 'lost 3']) sids.push(await loseSms(app, { from, body }));
    const before = await countReconciled();
    const { foundMissing } = await reconcile(app, support);
    const rows = await Promise.all(sids.map(judged));
    for (const row of rows) {
      expect(row).toMatchObject({ source: 'reconciled', verdict: 'accepted', contactId: contact.id, from });
      expect(Math.abs(Date.parse(String(row.sentAt)) - Date.now())).toBeLessThan(60_000);
      expect(row.raw).toMatchObject({ MessageSid: row.twilioMessageSid, Body: row.body, To: support.phoneNumber });
    }
    const thread = await threadOf(contact);
    expect(thread.map(({ body }) => body)).toEqual(['came', 'lost 1', 'lost 2', 'lost 3']);
    expect(thread.slice(1).map(({ at }) => at)).toEqual(rows.map(({ sentAt }) => sentAt));
    expect(await countReconciled()).toBe(before + 3);

    expect((await reconcile(app, support)).foundMissing).toBe(foundMissing);
    expect(await countReconciled()).toBe(before + 3);
    expect(await threadOf(contact)).toHaveLength(4);
    const reconciled = await journalOf(`source=reconciled&customer=${encodeURIComponent(from)}`);
    expect(reconciled.map(({ twilioMessageSid }) => twilioMessageSid)).toEqual(sids.toReversed());
    const came = await journalOf(`source=webhook&customer=${encodeURIComponent(from)}`);
    expect(came.map(({ body, sentAt }) => [body, sentAt])).toEqual([['came', null]]);

    const report = expectStatus(await app.api.get<HealthReportDto>('health-report'), 200);
    expect(report.checks.find(({ name }) => name === 'reconciliation')).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining('3 SMS of the last 24 hours'),
      since: expect.any(String),
    });
  });

  test('on demand leaves what may be on its way, and looks for it again within a minute', async () => {
    const before = await reconcile(app, support);
    await nextSecond();
    const lostAt = Date.now();
    const messageSid = await loseSms(app, { from: newCustomer() });
    const asked = expectStatus(await app.api.post('reconciliation'), 202);
    expect(asked).toMatchObject({ data: [{ phoneNumber: support.phoneNumber }] });
    const { nextWalkAt, watermark } = await walkAfter(app, before);
    expect(await findRow(messageSid)).toBeUndefined();
    expect(Date.parse(String(nextWalkAt)) - Date.now()).toBeLessThan(60_000);
    expect(Date.parse(String(watermark))).toBeLessThan(lostAt);
    await reconcile(app, support);
    expect(await judged(messageSid)).toMatchObject({ source: 'reconciled', verdict: 'accepted' });
  });

  test('takes what was sent while nobody was there at once', async () => {
    const messageSid = await loseSms(app, { from: newCustomer() });
    await app.dataSource.query(`UPDATE intake_heartbeat SET beaten_at = now() - interval '1 minute'`);
    expect(await judged(messageSid)).toMatchObject({ source: 'reconciled', verdict: 'accepted' });
  });

  test('and the webhook at the same time make one row and one message', async () => {
    const from = newCustomer();
    const bodies = Array.from({ length: 30 }, (_, n) => `text ${n}`);
    const sids: string[] = [];
    for (const body of bodies) sids.push(await loseSms(app, { from, body }));
    const [, ...answers] = await Promise.all([
      reconcile(app, support),
      ...sids.map(async (MessageSid, n) => {
        const form = buildForm({ MessageSid, From: from, Body: bodies[n], To: support.phoneNumber });
        return (await postSigned(app, support.webhookUrl, form)).status;
      }),
    ]);
    expect(answers).toEqual(sids.map(() => 200));
    const rows = await Promise.all(sids.map(judged));
    const [counts] = await app.dataSource.query(
      `SELECT (SELECT count(*)::int FROM inbound_sms WHERE twilio_message_sid = ANY ($1)) AS rows,
         (SELECT count(*)::int FROM messages WHERE twilio_message_sid = ANY ($1)) AS messages`,
      [sids],
    );
    expect(counts).toEqual({ rows: 30, messages: 30 });
    expect(new Set(rows.map(({ contactId }) => contactId)).size).toBe(1);
  });

  test('by two schedulers walks each number once', async () => {
    const points = await Promise.all([BRAZIL, US_TOO].map((phoneNumber) => buildEntryPoint(app, { phoneNumber })));
    await Promise.all(points.map((point) => reconciliationOf(app, point)));
    const second = await startTestProcess(app, { ROLES: 'scheduler' });
    try {
      await eventually('the end of the walks of the start', async () => {
        const [{ rest }] = await app.dataSource.query(
          `SELECT bool_and(walked_at IS NOT NULL AND due_at > now() AND leased_until <= now()) AS rest FROM reconciliations`,
        );
        return rest === true;
      });
      await twilio.makeTrouble({ slowMs: 300 });
      const since = await lastRequestId();
      const before = await readReconciliations(app);
      expectStatus(await app.api.post('reconciliation'), 202);
      await Promise.all(before.map((each) => walkAfter(app, each)));
      const asked = (await listRequests(since)).map((url) => new URL(url).searchParams);
      const walked = asked.filter((query) => !query.has('PageToken')).map((query) => query.get('To')!);
      expect(walked.toSorted()).toEqual(before.map(({ phoneNumber }) => phoneNumber).toSorted());
    } finally {
      await second.stop();
      for (const { id } of points) expectStatus(await app.api.delete(`entry-points/${id}`), 204);
    }
  }, 60_000);

  const requests = (query: string) =>
    twilio.call<{ requests: { id: number; url: string }[] }>('GET', `requests?direction=in&path=Messages.json${query}`);
  const lastRequestId = async (): Promise<number> => (await requests('')).requests.at(-1)?.id ?? 0;
  const listRequests = async (since: number): Promise<string[]> =>
    (await requests('')).requests.filter(({ id }) => id > since).map(({ url }) => url);

  test('brings pictures too', async () => {
    const from = newCustomer();
    const messageSid = await loseSms(app, { from, body: '', media: [attach(PNG), attach(PNG)] });
    await reconcile(app, support);
    const { contactId, raw } = await judged(messageSid);
    expect(raw).toMatchObject({ NumMedia: '2', MediaContentType0: 'image/png' });
    const media = await mediaOnceFetched(app, await lastMessage(app, contactId!));
    expect(media.map(({ state, contentType }) => [state, contentType])).toEqual([
      ['stored', 'image/png'],
      ['stored', 'image/png'],
    ]);
  });

  test('keeps a message whose text Twilio does not have any more', async () => {
    const messageSid = await loseSms(app, { from: newCustomer(), body: 'secret' });
    const { accountSid, authToken, url } = app.simulator;
    await fetch(`${url}/2010-04-01/Accounts/${accountSid}/Messages/${messageSid}.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      body: new URLSearchParams({ Body: '' }),
    });
    await reconcile(app, support);
    expect(await judged(messageSid)).toMatchObject({ source: 'reconciled', verdict: 'accepted', body: '' });
  });

  test('walks a disabled entry point too, and judges as the webhook does', async () => {
    expectStatus(await app.api.patch(`entry-points/${support.id}`, { state: 'disabled' }), 200);
    const messageSid = await loseSms(app, { from: newCustomer() });
    await reconcile(app, support);
    expect(await judged(messageSid)).toMatchObject({ source: 'reconciled', verdict: 'entry_point_disabled' });
    expectStatus(await app.api.patch(`entry-points/${support.id}`, { state: 'active' }), 200);
  });

  test('waits while no Twilio account is connected, and goes on when one is', async () => {
    const before = await reconcile(app, support);
    expectStatus(await app.api.delete('telephony'), 204);
    const messageSid = await eventually('an SMS that the intake refuses', async () => {
      const sent = await sendSms(app, { from: newCustomer() });
      return sent.deliveries[0]!.status === 403 && sent.messageSid;
    });
    expect(problemOf(await app.api.post('reconciliation')).errorCode).toBe('telephony_disconnected');
    const since = await lastRequestId();
    await requestWalksAfterOutage(app.dataSource.manager);
    expect(await listRequests(since)).toEqual([]);
    await connectTelephony(app);
    await walkAfter(app, before);
    expect(await judged(messageSid)).toMatchObject({ source: 'reconciled', verdict: 'accepted' });
  });

  describe('of a number', () => {
    let point: EntryPointDto;
    let tooEarly: string;

    beforeAll(async () => {
      tooEarly = await loseSms(app, { from: newCustomer(), to: ITALY });
      await nextSecond();
      point = await buildEntryPoint(app, { phoneNumber: ITALY });
    });

    test('begins when its webhook is set: what was there before is not ours', async () => {
      await nextSecond();
      const messageSid = await loseSms(app, { from: newCustomer(), to: point.phoneNumber });
      expect(await reconcile(app, point)).toMatchObject({ entryPointId: point.id });
      await judged(messageSid);
      expect(await findRow(tooEarly)).toBeUndefined();
    });

    test('ends when its webhook is restored, and begins again when it is set again', async () => {
      expectStatus(await app.api.post(`entry-points/${point.id}/webhook/restore`), 200);
      const theirs = await loseSms(app, { from: newCustomer(), to: point.phoneNumber });
      await reconcile(app, support);
      expect((await readReconciliations(app)).map(({ phoneNumber }) => phoneNumber)).not.toContain(point.phoneNumber);
      await nextSecond();
      expectStatus(await app.api.post(`entry-points/${point.id}/webhook`), 200);
      const ours = await loseSms(app, { from: newCustomer(), to: point.phoneNumber });
      await reconcile(app, point);
      await judged(ours);
      expect(await findRow(theirs)).toBeUndefined();
    });

    test('goes on while its webhook is changed at Twilio behind our back', async () => {
      await twilio.changeNumber(point.phoneNumber, { smsUrl: '' });
      const messageSid = await loseSms(app, { from: newCustomer(), to: point.phoneNumber });
      await reconcile(app, point);
      expect(await judged(messageSid)).toMatchObject({ source: 'reconciled', verdict: 'accepted' });
      expectStatus(await app.api.post(`entry-points/${point.id}/webhook`), 200);
    });

    test('of a deleted entry point goes on for as long as Twilio posts to its webhook', async () => {
      expectStatus(await app.api.delete(`entry-points/${point.id}`), 204);
      const ours = await loseSms(app, { from: newCustomer(), to: point.phoneNumber });
      await reconcile(app, point);
      expect(await judged(ours)).toMatchObject({ source: 'reconciled', verdict: 'unrouted' });

      await twilio.changeNumber(point.phoneNumber, { smsUrl: 'https://crm.example.com/sms' });
      const theirs = await loseSms(app, { from: newCustomer(), to: point.phoneNumber });
      await reconcile(app, support);
      await eventually(
        'it is not walked any more',
        async () => !(await readReconciliations(app)).some(({ phoneNumber }) => phoneNumber === point.phoneNumber),
      );
      expect(await findRow(theirs)).toBeUndefined();
    });
  });

  test('never touches numbers without an entry point, nor those of another account', async () => {
    const { phoneNumber } = await twilio.addNumber({ phoneNumber: '+15005550077' });
    const messageSid = await loseSms(app, { from: newCustomer(), to: phoneNumber });
    const other = await buildAccount(app);
    await app.dataSource.query(
      `WITH campaign AS (INSERT INTO campaigns (id, account_id, name, languages, default_language)
         VALUES (gen_random_uuid(), $1, 'Theirs', ARRAY['en'], 'en') RETURNING id)
       INSERT INTO entry_points (id, account_id, campaign_id, name, language, state, phone_number_sid, phone_number,
         webhook_key, webhook_set_at)
       SELECT gen_random_uuid(), $1, id, 'Theirs', 'en', 'active', 'PN', $2, repeat('x', 32), now() - interval '1 hour'
       FROM campaign`,
      [other.id, phoneNumber],
    );
    await reconciliationOf({ api: other.api }, { phoneNumber });
    await reconcile(app, support);
    expect(await findRow(messageSid)).toBeUndefined();
    expect(await readReconciliations({ api: other.api })).toMatchObject([{ lastWalkAt: null, foundMissing: 0 }]);
    expect((await readReconciliations(app)).map(({ phoneNumber }) => phoneNumber)).not.toContain(phoneNumber);
  });
});
